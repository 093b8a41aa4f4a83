package dev.tutti.interop;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** What a program writes to its standard output, with the instant at which each piece came. */
final class Recording {
  /** A piece of output as it came: where it begins in the recording, and when it was written. */
  record Piece(long writtenNanos, int offset, int length) {}

  private final ByteArrayOutputStream pcm = new ByteArrayOutputStream();
  private final List<Piece> pieces = new ArrayList<>();
  private final Thread reader;
  private volatile boolean ends;

  private Recording(Process process, String name) {
    reader = Thread.ofPlatform().name(name).daemon().unstarted(() -> read(process));
  }

  /** Begins to listen, on a thread of its own. */
  static Recording of(Process process, String name) {
    Recording recording = new Recording(process, name);
    recording.reader.start();
    return recording;
  }

  private void read(Process process) {
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = process.getInputStream()) {
      int n;
      while ((n = in.read(buffer)) > 0) {
        long now = System.nanoTime();
        synchronized (pcm) {
          pieces.add(new Piece(now, pcm.size(), n));
          pcm.write(buffer, 0, n);
        }
      }
    } catch (IOException e) {
      if (!ends) {
        throw new AssertionError(e);
      }
    }
  }

  /** Everything written so far. */
  byte[] bytes() {
    synchronized (pcm) {
      return pcm.toByteArray();
    }
  }

  List<Piece> pieces() {
    synchronized (pcm) {
      return List.copyOf(pieces);
    }
  }

  int size() {
    synchronized (pcm) {
      return pcm.size();
    }
  }

  /** Called before the program is ended, so that its last breath is no error. */
  void expectEnd() {
    ends = true;
  }

  /** Waits a moment for the rest. */
  void awaitEnd() throws InterruptedException {
    reader.join(2000);
  }
}
