package dev.tutti.player.device;

import dev.tutti.api.json.Json;
import dev.tutti.player.shell.KeptFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** What outlives a restart, in {@code device.json} (S0-49). For one thread at a time. */
final class Memory {
  private static final System.Logger LOG = System.getLogger(Memory.class.getName());
  private static final String FILE = "device.json";

  private final KeptFile file;

  Memory(Path folder) {
    this.file = new KeptFile(folder.resolve(FILE));
  }

  /**
   * What was last asked for.
   *
   * @param playing whether the stream, else nothing
   * @param volume 0 to 2; 1 is half of what the server calls full
   */
  record Wishes(boolean playing, double volume) {
    Json json() {
      return Json.of("source", playing ? "stream" : "stop", "volume", volume);
    }
  }

  /** What was noted; empty if nothing was, or it cannot be read. */
  Optional<Wishes> read() {
    return file.read().flatMap(Memory::wishes);
  }

  private static Optional<Wishes> wishes(Json json) {
    boolean playing = !json.text("source").orElse("stream").equals("stop");
    Optional<Wishes> wishes =
        json.number("volume")
            .map(volume ->
                new Wishes(playing, Math.clamp(volume.doubleValue(), 0, Desk.MOST_VOLUME)));
    if (wishes.isEmpty()) {
      LOG.log(System.Logger.Level.WARNING, "{0} lacks the volume; it is begun anew", FILE);
    }
    return wishes;
  }

  /** Notes, for good. */
  void write(Wishes wishes) throws IOException {
    file.write(wishes.json());
  }
}
