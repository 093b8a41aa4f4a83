package dev.tutti.player.device;

import dev.tutti.api.json.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * What outlives a restart, in {@code device.json}: written whole to a file beside, then renamed
 * (S0-49). For one thread at a time.
 */
final class Memory {
  private static final System.Logger LOG = System.getLogger(Memory.class.getName());
  private static final String FILE = "device.json";

  private final Path folder;

  Memory(Path folder) {
    this.folder = folder;
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
    Path file = folder.resolve(FILE);
    try {
      Json json = Json.parse(Files.readString(file));
      double volume =
          json.number("volume").orElseThrow(() -> new IOException("no volume")).doubleValue();
      boolean playing = !json.text("source").orElse("stream").equals("stop");
      return Optional.of(new Wishes(playing, Math.clamp(volume, 0, Desk.MOST_VOLUME)));
    } catch (NoSuchFileException e) {
      LOG.log(System.Logger.Level.DEBUG, "nothing is noted in {0} yet", folder);
    } catch (IOException | IllegalArgumentException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "{0} cannot be read ({1}); it is begun anew with the next command",
          file,
          e.getMessage());
    }
    return Optional.empty();
  }

  /** Notes, for good. */
  void write(Wishes wishes) throws IOException {
    Files.createDirectories(folder);
    Path part = folder.resolve(FILE + ".part");
    try (FileChannel out =
        FileChannel.open(
            part,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer text = ByteBuffer.wrap((wishes.json() + "\n").getBytes(StandardCharsets.UTF_8));
      while (text.hasRemaining()) {
        out.write(text);
      }
      out.force(true);
    }
    Files.move(
        part,
        folder.resolve(FILE),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }
}
