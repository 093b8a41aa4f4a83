package dev.tutti.core.cli;

import dev.tutti.api.ConfigException;
import dev.tutti.core.net.PortUnavailable;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** Turns what a command throws into lines for the user and an exit code. */
final class Failures {
  private static final System.Logger LOG = System.getLogger(Failures.class.getName());

  private Failures() {}

  static int report(Exception thrown, CommandLine command, ParseResult parsed) {
    PrintWriter err = command.getErr();
    int code =
        switch (thrown) {
          case ConfigException e -> {
            err.println(e.getMessage());
            yield Main.USAGE;
          }
          case CommandFailed e -> {
            err.println(e.getMessage());
            yield Main.FAILURE;
          }
          case PortUnavailable e -> {
            err.println("tutti: " + e.getMessage());
            yield Main.FAILURE;
          }
          default -> {
            LOG.log(System.Logger.Level.ERROR, "this should not happen; please report it", thrown);
            yield Main.FAILURE;
          }
        };
    err.flush();
    return code;
  }
}
