package dev.tutti.core.cli;

import dev.tutti.core.zones.ZoneKeeper;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes over the groups, names, volumes and latencies of the snapserver that was there before: its
 * {@code server.json} is copied once, as long as Tutti has none of its own.
 */
final class SnapserverHome {
  private static final System.Logger LOG = System.getLogger(SnapserverHome.class.getName());

  private SnapserverHome() {}

  /** Where snapserver keeps its state: as a service, and started by a user. */
  static List<Path> places(Map<String, String> environment) {
    Path home = Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")));
    return List.of(Path.of("/var/lib/snapserver"), home.resolve(".config").resolve("snapserver"));
  }

  /**
   * Copies what is found first.
   *
   * @param dataFolder Tutti's own
   * @return the file that was copied
   */
  static Optional<Path> takeOver(Path dataFolder, List<Path> places) {
    Path own = dataFolder.resolve(ZoneKeeper.FILE_NAME);
    if (Files.exists(own)) {
      return Optional.empty();
    }
    for (Path place : places) {
      Path theirs = place.resolve(ZoneKeeper.FILE_NAME);
      if (!Files.isReadable(theirs)) {
        continue;
      }
      try {
        Files.createDirectories(dataFolder);
        Files.copy(theirs, own);
        LOG.log(Level.INFO, "groups, names, volumes and latencies are taken over from {0}", theirs);
        return Optional.of(theirs);
      } catch (IOException e) {
        LOG.log(
            Level.WARNING,
            "{0} could not be taken over ({1}); copy it to {2} while Tutti is stopped",
            theirs,
            e.toString(),
            own);
      }
    }
    return Optional.empty();
  }
}
