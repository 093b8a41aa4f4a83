package dev.tutti.core.cli;

import dev.tutti.core.config.ConfigText;
import dev.tutti.core.config.Configuration;
import dev.tutti.core.config.SnapserverImport;
import dev.tutti.core.plugins.SettingsRecords;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tutti config}: the settings, explained or as they are. */
@Command(
    name = "config",
    header = "Prints the configuration.",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  tutti config --example > tutti.toml     a file to start from",
      "  tutti config --effective                what is in effect, and where it comes from",
      "  tutti config --effective --set audio.buffer-ms=500",
      "  tutti config --import /etc/snapserver.conf > tutti.toml"
    })
final class ConfigCommand implements Callable<Integer> {
  @Mixin ConfigOptions config;

  @ArgGroup(exclusive = true, multiplicity = "1")
  What what;

  @Spec CommandSpec spec;

  /** One of the three. */
  static final class What {
    @Option(names = "--example", description = "Every key with its meaning and default, commented.")
    boolean example;

    @Option(
        names = "--effective",
        description = "What is in effect and where it comes from; passwords are masked.")
    boolean effective;

    @Option(
        names = "--import",
        paramLabel = "FILE",
        description =
            "A snapserver's configuration file as one of Tutti's; what cannot be kept is named.")
    @Nullable Path snapserver;
  }

  @Override
  public Integer call() throws IOException {
    Path snapserver = what.snapserver;
    if (snapserver != null) {
      return imported(snapserver);
    }
    Configuration configuration =
        what.example ? Configuration.from(Optional.empty()).build() : config.read().build();
    PrintWriter out = spec.commandLine().getOut();
    try (SettingsRecords settings = Installation.find(configuration).settings()) {
      if (what.effective) {
        // What a plugin does not take is a mistake here, too.
        settings.byId().forEach(configuration::plugin);
      }
      out.print(
          what.example
              ? ConfigText.example(settings.byId())
              : ConfigText.effective(configuration, settings.byId()));
    }
    out.flush();
    return Main.OK;
  }

  private int imported(Path snapserver) {
    SnapserverImport read = SnapserverImport.of(snapserver);
    var _ = Configuration.from(read).build(); // says what cannot be
    PrintWriter out = spec.commandLine().getOut();
    out.print(ConfigText.imported(read, snapserver.toString()));
    out.flush();
    return Main.OK;
  }
}
