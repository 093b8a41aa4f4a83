package dev.tutti.core.cli;

import dev.tutti.core.config.ConfigFile;
import dev.tutti.core.config.Configuration;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options all commands share that read the configuration. */
final class ConfigOptions {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "The configuration file. Default: tutti.toml here, else ~/.config/tutti/tutti.toml, else"
              + " /etc/tutti.toml, else none.")
  @Nullable Path file;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "Any setting of the file, for example --set audio.chunk-ms=10 or --set"
              + " plugins.playlist.shuffle=true. Repeatable.")
  List<String> sets = List.of();

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Where state is kept. Default: ~/.local/share/tutti")
  @Nullable Path data;

  @Mixin HelpOption help;

  /** The file that is read, if any. */
  Optional<Path> found() {
    return ConfigFile.find(Optional.ofNullable(file), System.getenv());
  }

  /** The file with {@code --set} and {@code --data} over it; more may follow. */
  Configuration.Builder read() {
    return over(Configuration.from(found()));
  }

  /** Lays {@code --set} and {@code --data} over a file. */
  Configuration.Builder over(Configuration.Builder builder) {
    sets.forEach(builder::set);
    return data == null ? builder : builder.option("--data", "server.data", data.toString());
  }
}
