package dev.tutti.player.device;

import dev.tutti.audio.codec.UnreadableAudio;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Takes in files that are sent: straight to the disk, into one file of a fixed name, and only if
 * they can be played (S0-48). One at a time. Any thread.
 */
final class Uploads {
  /** About two hours of FLAC. */
  static final long MOST_BYTES = 768L << 20;

  /** Left free for whoever else needs the disk. */
  private static final long KEPT_FREE_BYTES = 32L << 20;

  private static final int PIECE_BYTES = 64 * 1024;
  private static final String PART = "own.part";

  private final Device device;
  private final Path folder;
  private final long mostBytes;
  private final ReentrantLock busy = new ReentrantLock();

  Uploads(Device device, Path folder, long mostBytes) {
    this.device = device;
    this.folder = folder;
    this.mostBytes = mostBytes;
  }

  /** What was taken in. */
  record Taken(long bytes, double seconds) {}

  /**
   * Takes in the file of a form, or a body that is the file.
   *
   * @throws Problem if it is no sound, or too much; then all is as before
   */
  Taken take(Request request) throws IOException, Problem {
    if (!device.wantsFallback()) {
      throw new Problem(409, "this player was started with --no-fallback");
    }
    if (!busy.tryLock()) {
      throw new Problem(409, "another file is on its way; try again when it is here");
    }
    Path part = folder.resolve(PART);
    try {
      if (request.length() > mostBytes) {
        throw tooMuch();
      }
      Files.createDirectories(folder);
      long bytes = store(file(request), part);
      return new Taken(bytes, device.own(part));
    } catch (UnreadableAudio e) {
      throw new Problem(415, "what was sent " + e.reason());
    } catch (Multipart.BrokenOff e) {
      throw Multipart.bad(String.valueOf(e.getMessage()));
    } finally {
      Files.deleteIfExists(part);
      busy.unlock();
    }
  }

  private static InputStream file(Request request) throws IOException, Problem {
    String type = request.type();
    if (type.equals("multipart/form-data")) {
      return new Multipart(request.body(), request.wholeType());
    }
    boolean raw =
        type.isEmpty()
            || type.startsWith("audio/")
            || type.equals("application/octet-stream")
            || type.equals("application/ogg")
            || type.equals("application/x-www-form-urlencoded");
    if (!raw) {
      throw new Problem(
          415, "expected a form with a file (curl -F file=@rain.mp3), or the file itself");
    }
    return request.body();
  }

  private long store(InputStream in, Path part) throws IOException, Problem {
    try (FileChannel out =
        FileChannel.open(
            part,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      byte[] piece = new byte[PIECE_BYTES];
      long bytes = 0;
      for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
        bytes += read;
        if (bytes > mostBytes) {
          throw tooMuch();
        }
        requireRoom(bytes, read);
        ByteBuffer rest = ByteBuffer.wrap(piece, 0, read);
        while (rest.hasRemaining()) {
          out.write(rest);
        }
      }
      if (bytes == 0) {
        throw new Problem(400, "nothing was sent");
      }
      out.force(true);
      return bytes;
    }
  }

  private Problem tooMuch() {
    return new Problem(413, "no more than " + (mostBytes >> 20) + " MiB are taken here");
  }

  /** Looks at each new mebibyte. */
  private void requireRoom(long bytes, int latest) throws IOException, Problem {
    boolean crossed = bytes >> 20 != (bytes - latest) >> 20 || bytes == latest;
    if (crossed && Files.getFileStore(folder).getUsableSpace() < KEPT_FREE_BYTES) {
      throw new Problem(507, "the disk is full");
    }
  }
}
