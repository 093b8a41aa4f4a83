package dev.tutti.core.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Where the program begins. */
public final class Main {
  /** All went well. */
  static final int OK = 0;

  /** It could not be done; the last line says why and what to do. */
  static final int FAILURE = 1;

  /** The command line or the configuration is wrong. */
  static final int USAGE = 2;

  private static final String DEFAULT_COMMAND = "serve";
  private static final Set<String> OF_THE_PROGRAM = Set.of("-h", "--help", "-V", "--version");

  private Main() {}

  /** Runs a command and ends the process with its exit code. */
  public static void main(String[] args) {
    int code = commandLine().execute(withCommand(args));
    System.out.flush();
    System.exit(code);
  }

  /** The command line, ready to run; exit codes are documented on each command. */
  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new TuttiCommand());
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setParameterExceptionHandler((mistake, args) -> wrongUsage(mistake));
    line.setExecutionExceptionHandler(Failures::report);
    document(line.getCommandSpec());
    return line;
  }

  /** Without a command it is serve: {@code tutti --music DIR}. */
  static String[] withCommand(String[] args) {
    boolean command =
        args.length > 0 && (!args[0].startsWith("-") || OF_THE_PROGRAM.contains(args[0]));
    if (command) {
      return args;
    }
    List<String> all = new ArrayList<>();
    all.add(DEFAULT_COMMAND);
    all.addAll(List.of(args));
    return all.toArray(String[]::new);
  }

  private static int wrongUsage(CommandLine.ParameterException mistake) {
    CommandLine command = mistake.getCommandLine();
    PrintWriter err = command.getErr();
    err.println(String.valueOf(mistake.getMessage()));
    CommandLine.UnmatchedArgumentException.printSuggestions(mistake, err);
    err.println(command.getCommandSpec().qualifiedName() + " --help shows what there is.");
    err.flush();
    return USAGE;
  }

  private static void document(CommandSpec spec) {
    Map<String, String> codes = new LinkedHashMap<>();
    codes.put(" 0", "all went well");
    codes.put(" 1", "it could not be done; the message says why and what to do");
    codes.put(" 2", "the command line or the configuration is wrong");
    spec.usageMessage().exitCodeListHeading("%nExit codes:%n").exitCodeList(codes);
    spec.usageMessage().width(100);
    spec.subcommands().values().forEach(sub -> document(sub.getCommandSpec()));
  }
}
