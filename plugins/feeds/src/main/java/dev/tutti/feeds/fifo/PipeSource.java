package dev.tutti.feeds.fifo;

import dev.tutti.api.audio.AudioWriter;
import dev.tutti.api.audio.LiveSource;
import dev.tutti.api.audio.SampleFormat;
import dev.tutti.feeds.pcm.PcmStream;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * Reads PCM from a named pipe, little endian, 24 bit in four bytes. The pipe may appear later,
 * vanish and come back; its feeders may come and go. Waits without using the processor.
 */
public final class PipeSource implements LiveSource {
  private static final int LOOK_EVERY_MS = 200;

  private final PipeOptions options;
  private final SampleFormat format;
  private final Posix posix;
  private final System.Logger log;
  private final Set<Path> reading;

  /**
   * @param reading where to note which pipe is being read; safe for several threads
   */
  public PipeSource(
      PipeOptions options, SampleFormat format, Posix posix, System.Logger log, Set<Path> reading) {
    this.options = options;
    this.format = format;
    this.posix = posix;
    this.log = log;
    this.reading = reading;
  }

  @Override
  public void capture(AudioWriter writer) throws IOException, InterruptedException {
    while (true) {
      try (Fifo fifo = await()) {
        reading.add(options.path());
        follow(fifo, writer);
      } finally {
        reading.remove(options.path());
      }
      writer.rest();
    }
  }

  /** Opens the pipe, making it or waiting for it to appear. */
  private Fifo await() throws IOException, InterruptedException {
    boolean told = false;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = Posix.state(arena);
      while (true) {
        if (options.create()) {
          Fifo.create(posix, options.path());
        }
        Optional<Fifo> fifo = Fifo.open(posix, options.path(), readFrames() * format.frameBytes());
        if (fifo.isPresent()) {
          return fifo.get();
        }
        if (!told) {
          told = true;
          log.log(Level.INFO, "waiting for the pipe {0} to appear", options.path());
        }
        posix.poll(MemorySegment.NULL, 0, LOOK_EVERY_MS, state);
        stopIfInterrupted();
      }
    }
  }

  /** Reads until the pipe is no longer what its path names. */
  private void follow(Fifo fifo, AudioWriter writer) throws IOException, InterruptedException {
    PcmStream pcm = new PcmStream(format, readFrames());
    while (true) {
      int got = fifo.read(pcm.bytes(), pcm.filled(), pcm.room(), LOOK_EVERY_MS);
      if (got > 0) {
        pcm.took(got, writer);
      } else if (got == Fifo.END) {
        pcm.end();
        writer.rest();
      } else if (!fifo.isCurrent()) {
        return;
      }
      // Only now: what was read is nowhere else any more.
      stopIfInterrupted();
    }
  }

  private int readFrames() {
    return Math.max(1, format.rate() * options.readMs() / 1000);
  }

  private static void stopIfInterrupted() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }
}
