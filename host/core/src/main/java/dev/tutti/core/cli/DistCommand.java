package dev.tutti.core.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tutti dist}; the launcher does the work, because it has the build. */
@Command(
    name = "dist",
    header = "Packs tutti-VERSION.tar.gz, which runs with any Java 25 runtime and nothing else.",
    description = {
      "Beside it tutti-player-VERSION.tar.gz, the player only. Works in a clone of the source only."
    },
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  tutti dist",
      "  tar xzf host/app/target/tutti-0.1.0.tar.gz -C /opt && /opt/tutti-0.1.0/tutti"
    })
final class DistCommand implements Callable<Integer> {
  @Mixin HelpOption help;

  @Override
  public Integer call() {
    throw new CommandFailed(
        "dist packs what is built from source; run ./tutti dist in a clone of the repository");
  }
}
