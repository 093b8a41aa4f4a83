package dev.tutti.core.config;

import dev.tutti.api.ConfigException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where Tutti looks for its files when nobody says. */
public final class ConfigFile {
  private ConfigFile() {}

  /**
   * The configuration file: the one named, or the first that exists of those in {@link #places}.
   *
   * @throws ConfigException if the one that was named does not exist
   */
  public static Optional<Path> find(Optional<Path> named, Map<String, String> environment) {
    if (named.isPresent() && !Files.isRegularFile(named.get())) {
      throw new ConfigException(
          "--config " + named.get() + ": there is no such file; tutti config --example prints one");
    }
    return named.or(() -> places(environment).stream().filter(Files::isRegularFile).findFirst());
  }

  /** The places looked at, in order. */
  public static List<Path> places(Map<String, String> environment) {
    return List.of(
        Path.of("tutti.toml"),
        base(environment, "XDG_CONFIG_HOME", ".config").resolve("tutti").resolve("tutti.toml"),
        Path.of("/etc/tutti.toml"));
  }

  /** The folder for state, unless {@code server.data} names one. */
  public static Path dataFolder(TuttiConfig config, Map<String, String> environment) {
    Path data = config.server().data();
    return data.toString().isEmpty()
        ? base(environment, "XDG_DATA_HOME", ".local/share").resolve("tutti")
        : data;
  }

  private static Path base(Map<String, String> environment, String variable, String below) {
    String value = environment.getOrDefault(variable, "");
    return value.startsWith("/")
        ? Path.of(value)
        : Path.of(environment.getOrDefault("HOME", System.getProperty("user.home"))).resolve(below);
  }
}
