package dev.tutti.interop;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Writes sound into a FIFO in real time, 20 ms at a time and a quarter of a second ahead, as a
 * player would; goes on when the reader returns.
 */
final class FifoFeeder implements AutoCloseable {
  private static final int PIECE_MS = 20;

  /** How many pieces lie ready beyond what is due, so that a pause of this process is no pause. */
  private static final int AHEAD = 12;

  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("fifo-feeder").daemon().factory());
  private final Path fifo;
  private final Fed sound;
  private final int frames;
  private final ByteBuffer piece;
  private final AtomicInteger written = new AtomicInteger();
  private final CountDownLatch started = new CountDownLatch(1);
  private volatile OutputStream out = OutputStream.nullOutputStream();
  private volatile long firstWriteNanos;

  private FifoFeeder(Path fifo, Fed sound) {
    this.fifo = fifo;
    this.sound = sound;
    this.frames = sound.rate() * PIECE_MS / 1000;
    this.piece = ByteBuffer.allocate(frames * sound.frameBytes());
  }

  /** Makes the FIFO; feeding begins with {@link #begin}. */
  static FifoFeeder on(Path fifo, Fed sound) {
    try {
      Files.deleteIfExists(fifo);
      Process mkfifo = new ProcessBuilder("mkfifo", fifo.toString()).start();
      if (mkfifo.waitFor() != 0) {
        throw new AssertionError("mkfifo failed");
      }
      return new FifoFeeder(fifo, sound);
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Opens the FIFO (waits for the reader on a thread of its own) and feeds until closed. */
  FifoFeeder begin() {
    timer.execute(this::open);
    for (int i = 0; i < AHEAD; i++) {
      timer.execute(this::feed);
    }
    timer.scheduleAtFixedRate(this::feed, 0, PIECE_MS, TimeUnit.MILLISECONDS);
    return this;
  }

  private void open() {
    try {
      out = Files.newOutputStream(fifo);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void feed() {
    int first = written.get();
    piece.clear();
    sound.write(piece, first, frames);
    try {
      out.write(piece.array(), 0, piece.position());
      if (first == 0) {
        firstWriteNanos = System.nanoTime();
        started.countDown();
      }
      written.addAndGet(frames);
    } catch (IOException broken) {
      // The reader is gone: as a real player would, wait for the next one.
      open();
    }
  }

  /** When the first piece was written; waits for it. */
  long firstWriteNanos() {
    try {
      if (!started.await(20, TimeUnit.SECONDS)) {
        throw new AssertionError("nobody reads " + fifo);
      }
      return firstWriteNanos;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Frames written so far: no frame with this number or a higher one exists. */
  int written() {
    return written.get();
  }

  @Override
  public void close() {
    timer.shutdownNow();
    try {
      out.close();
    } catch (IOException e) {
      // A broken pipe at the end of a test: nothing was lost that anybody waits for.
    }
  }
}
