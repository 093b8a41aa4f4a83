package dev.tutti.interop;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Debian's unmodified snapclient with its file player: what it would play, as PCM, with the instant
 * each piece was written (reference: protocol section 5.8; every 50 ms a block of 50 ms).
 */
final class Snapclient implements AutoCloseable {
  /** A piece of output as it came: where it begins in the recording, and when it was written. */
  record Piece(long writtenNanos, int offset, int length) {}

  private final Process process;
  private final Path log;
  private final ByteArrayOutputStream pcm = new ByteArrayOutputStream();
  private final List<Piece> pieces = new ArrayList<>();
  private final Thread reader;

  private Snapclient(Process process, Path log) {
    this.process = process;
    this.log = log;
    this.reader = Thread.ofPlatform().name("snapclient-output").daemon().start(this::read);
  }

  static Snapclient join(Path dir, int port, String hostId) {
    return join(dir, List.of(), port, hostId);
  }

  /**
   * @param prefix put before the program, such as {@code unshare -T …}
   */
  static Snapclient join(Path dir, List<String> prefix, int port, String hostId) {
    Path program = Peers.require("snapclient");
    List<String> command = new ArrayList<>(prefix);
    command.addAll(
        List.of(
            program.toString(),
            "-h",
            "127.0.0.1",
            "-p",
            String.valueOf(port),
            "--hostID",
            hostId,
            "--player",
            "file",
            "--logsink",
            "stderr"));
    try {
      Path log = Files.createTempFile(dir, "snapclient-", ".log");
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.redirectError(log.toFile());
      return new Snapclient(builder.start(), log);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void read() {
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = process.getInputStream()) {
      int n;
      while ((n = in.read(buffer)) > 0) {
        synchronized (pcm) {
          pieces.add(new Piece(System.nanoTime(), pcm.size(), n));
          pcm.write(buffer, 0, n);
        }
      }
    } catch (IOException e) {
      if (process.isAlive()) {
        throw new AssertionError(e);
      }
    }
  }

  /** Everything written so far. */
  byte[] recorded() {
    synchronized (pcm) {
      return pcm.toByteArray();
    }
  }

  List<Piece> pieces() {
    synchronized (pcm) {
      return List.copyOf(pieces);
    }
  }

  int bytes() {
    synchronized (pcm) {
      return pcm.size();
    }
  }

  boolean alive() {
    return process.isAlive();
  }

  String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(3, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      reader.join(2000);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
