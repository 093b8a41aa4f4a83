package dev.tutti.feeds.receiver;

import dev.tutti.api.audio.Track;
import dev.tutti.feeds.fifo.Fifo;
import dev.tutti.feeds.fifo.Posix;
import dev.tutti.feeds.process.Announcements;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What shairport-sync writes into its metadata pipe. Used by the source's thread. */
final class AirplayMetadata implements Announcements {
  private static final int BUFFER = 65_536;

  /** Pictures are long; the sound must not wait for more than a piece of one. */
  private static final int PIECES = 8;

  private final Posix posix;
  private final Path scratch;
  private final AirplayItems items = new AirplayItems();
  private final byte[] buffer = new byte[BUFFER];
  private @Nullable Path path;
  private @Nullable Fifo pipe;

  AirplayMetadata(Posix posix, Path scratch) {
    this.posix = posix;
    this.scratch = scratch;
  }

  @Override
  public void line(String text) {}

  @Override
  public List<String> arguments() throws IOException {
    Path at = path;
    if (at == null) {
      at = Files.createTempFile(scratch, "airplay", ".metadata");
      Files.delete(at);
      Fifo.create(posix, at);
      path = at;
      pipe = Fifo.open(posix, at, BUFFER).orElseThrow();
    }
    return List.of("--metadata-enable", "--metadata-pipename=" + at);
  }

  @Override
  public @Nullable Track news() throws IOException {
    Fifo from = pipe;
    if (from == null) {
      return null;
    }
    for (int i = 0; i < PIECES; i++) {
      int got = from.quiet() ? 0 : from.read(buffer, 0, BUFFER, 0);
      if (got <= 0) {
        break;
      }
      items.take(new String(buffer, 0, got, StandardCharsets.ISO_8859_1));
    }
    return items.news();
  }

  @Override
  public void close() throws IOException {
    if (pipe != null) {
      pipe.close();
    }
    if (path != null) {
      Files.deleteIfExists(path);
    }
  }
}
