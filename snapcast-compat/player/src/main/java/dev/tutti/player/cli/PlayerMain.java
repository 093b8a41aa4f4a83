package dev.tutti.player.cli;

import dev.tutti.player.lab.LabCommand;
import java.security.Security;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;

/** Where the programs {@code tutti player}, {@code tutti edge} and {@code tutti lab} begin. */
public final class PlayerMain {
  /** Kept, because its level would be forgotten with it. */
  private static final Logger MDNS = Logger.getLogger("javax.jmdns");

  private static final List<String> PROGRAMS = List.of("edge", "lab");

  private PlayerMain() {}

  /** Runs the command and ends the process with its exit code. */
  public static void main(String[] args) {
    // One line each, on stderr: stdout may carry the sound.
    System.setProperty("java.util.logging.SimpleFormatter.format", "%1$tF %1$tT %4$-7s %5$s%6$s%n");
    MDNS.setLevel(Level.OFF);
    // A name is resolved anew for each attempt: a server may have moved (S0-69).
    Security.setProperty("networkaddress.cache.ttl", "0");
    Security.setProperty("networkaddress.cache.negative.ttl", "0");
    if (args.length == 1 && args[0].equals("rehearse")) {
      System.exit(Rehearsal.run());
    }
    if (args.length > 0 && args[0].equals("--check")) {
      Logger.getLogger("").setLevel(Level.OFF);
      System.exit(check(Arrays.copyOfRange(args, 1, args.length), System.getenv()));
    }
    String program = args.length > 0 && PROGRAMS.contains(args[0]) ? args[0] : "";
    if (program.equals("lab")) {
      // Twenty players that say "connected" are not news.
      Logger.getLogger("").setLevel(Level.OFF);
    }
    CommandLine line = commandLine(program, System.getenv());
    System.exit(line.execute(program.isEmpty() ? args : Arrays.copyOfRange(args, 1, args.length)));
  }

  /**
   * {@code --check}: says what is wrong with the options of player or edge, and does nothing. The
   * launcher asks before it rehearses.
   *
   * @return the exit code: 2 if something is
   */
  static int check(String[] args, Map<String, String> environment) {
    boolean edge = args.length > 0 && args[0].equals("edge");
    CommandLine line = commandLine(edge ? "edge" : "", environment);
    line.setExecutionStrategy(parsed -> {
      switch (parsed.commandSpec().userObject()) {
        case PlayerCommand player -> {
          player.setup();
          player.doors();
        }
        case EdgeCommand edgeCommand -> edgeCommand.setup();
        default -> throw new IllegalStateException("no program");
      }
      return 0;
    });
    return line.execute(edge ? Arrays.copyOfRange(args, 1, args.length) : args);
  }

  /**
   * The command line of a program, ready to run.
   *
   * @param program empty for the player
   */
  static CommandLine commandLine(String program, Map<String, String> environment) {
    return switch (program) {
      case "edge" -> configured(new CommandLine(new EdgeCommand(environment)));
      case "lab" -> configured(new CommandLine(new LabCommand()));
      default -> configured(new CommandLine(new PlayerCommand(environment)));
    };
  }

  /** The player's command line. */
  static CommandLine commandLine(Map<String, String> environment) {
    return commandLine("", environment);
  }

  private static CommandLine configured(CommandLine line) {
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setParameterExceptionHandler((mistake, args) -> {
      var err = mistake.getCommandLine().getErr();
      err.println(String.valueOf(mistake.getMessage()));
      err.println(mistake.getCommandLine().getCommandName() + " --help shows what there is.");
      err.flush();
      return 2;
    });
    line.getCommandSpec().usageMessage().width(100);
    return line;
  }
}
