package dev.tutti.core.cli;

import dev.tutti.core.config.ConfigFile;
import dev.tutti.core.config.Configuration;
import dev.tutti.core.plugins.PluginHost;
import dev.tutti.core.plugins.PluginSettings;
import dev.tutti.core.plugins.PluginStatus;
import dev.tutti.core.plugins.SettingsRecords;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where this program and its user keep things.
 *
 * @param home the folder with {@code lib/} and {@code plugins/}; empty when run from class folders
 * @param launcher the folder of the launcher; in a clone that is not the home
 */
record Installation(Optional<Path> home, Optional<Path> launcher, Path dataFolder) {
  /** Set by the launcher. */
  private static final String HOME = "tutti.home";

  private static final String LAUNCHER = "tutti.launcher";

  static Installation find(Configuration configuration) {
    return new Installation(
        folder(HOME),
        folder(LAUNCHER),
        ConfigFile.dataFolder(configuration.host(), System.getenv()).toAbsolutePath());
  }

  /** Where plugins are looked for; the user's own folder wins. */
  List<Path> pluginFolders() {
    return Stream.concat(Stream.of(dataFolder.resolve("plugins")), programFolders().stream())
        .distinct()
        .toList();
  }

  /** The plugin folders beside the launcher and of the program itself. */
  List<Path> programFolders() {
    return Stream.of(launcher, home)
        .flatMap(Optional::stream)
        .map(f -> f.resolve("plugins").normalize())
        .distinct()
        .toList();
  }

  /** The plugins in those folders; nothing of theirs runs. */
  List<PluginStatus> plugins(Set<String> disabled) {
    try {
      return PluginHost.inspect(
          PluginSettings.of(pluginFolders(), dataFolder.resolve("work")).withDisabled(disabled));
    } catch (IOException e) {
      throw new CommandFailed("cannot look into the plugins' jars: " + e.getMessage(), e);
    }
  }

  /** The records those plugins bind their settings to; close it after use. */
  SettingsRecords settings() {
    try {
      return SettingsRecords.of(PluginSettings.of(pluginFolders(), dataFolder.resolve("work")));
    } catch (IOException e) {
      throw new CommandFailed("cannot look into the plugins' jars: " + e.getMessage(), e);
    }
  }

  private static Optional<Path> folder(String property) {
    return Optional.ofNullable(System.getProperty(property))
        .filter(p -> !p.isEmpty())
        .map(p -> Path.of(p).toAbsolutePath().normalize());
  }
}
