package dev.tutti.core.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tutti}: the list of commands. */
@Command(
    name = "tutti",
    synopsisSubcommandLabel = "[COMMAND]",
    header = "The same music at the same moment in every room.",
    description = {"Without a command it serves: tutti serve --help shows those options."},
    versionProvider = ProgramVersion.class,
    commandListHeading = "%nCommands:%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  tutti                          play the built-in piece",
      "  tutti --music ~/Music          play a folder",
      "  tutti config --example         every setting, explained",
      "  tutti doctor                   is everything in order here?",
      "  tutti player                   play what a Snapcast server sends, in time with all others",
      "  tutti edge tcp://SERVER        beside an unmodified snapclient: keeps it playing in an outage",
      "  tutti lab                      how far apart players sound, simulated",
      "  tutti bench HOST:PORT          how a server does under many clients"
    },
    subcommands = {
      ServeCommand.class,
      PluginsCommand.class,
      FallbackCommand.class,
      NewPluginCommand.class,
      ConfigCommand.class,
      DoctorCommand.class,
      TokenCommand.class,
      DistCommand.class,
      RehearseCommand.class
    })
final class TuttiCommand implements Runnable {
  @Mixin HelpOption help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the version.")
  boolean version;

  @Spec CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
