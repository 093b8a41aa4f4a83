package dev.tutti.player.output;

import dev.tutti.api.audio.SampleFormat;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * Writes PCM into a stream as a device would play it whose crystal is our clock: frame n sounds
 * exactly n / rate after the beginning. What is written late for want of processor time is still
 * written, so that the stream has no gaps.
 */
public final class StreamOutput implements Output {
  private static final int PERIOD_MS = 10;

  /** So much is written ahead of its time. */
  private static final int LEAD_MS = 40;

  private final OutputStream out;
  private final SampleFormat format;
  private final String description;
  private final LongSupplier clock;
  private final long beganMicros;
  private long written;
  private long readAt;

  /** The stream is closed with the output. */
  public StreamOutput(
      OutputStream out, SampleFormat format, String description, LongSupplier clock) {
    this.out = out;
    this.format = format;
    this.description = description;
    this.clock = clock;
    this.beganMicros = clock.getAsLong();
  }

  @Override
  public SampleFormat format() {
    return format;
  }

  @Override
  public int periodFrames() {
    return format.rate() * PERIOD_MS / 1000;
  }

  @Override
  public boolean exact() {
    return true;
  }

  @Override
  public String description() {
    return description + ", " + format;
  }

  @Override
  public void awaitRoom() throws InterruptedException {
    double room = (LEAD_MS - PERIOD_MS) * format.rate() / 1000.0;
    double over = delay() - room;
    while (over > 0) {
      LockSupport.parkNanos(
          TimeUnit.MICROSECONDS.toNanos((long) Math.ceil(over * 1e6 / format.rate())));
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      over = delay() - room;
    }
  }

  private double delay() {
    readAt = clock.getAsLong();
    return written - (readAt - beganMicros) * 1e-6 * format.rate();
  }

  @Override
  public double delayFrames() {
    return delay();
  }

  @Override
  public long readAtMicros() {
    return readAt;
  }

  @Override
  public void write(byte[] pcm, int frames) throws IOException {
    out.write(pcm, 0, frames * format.frameBytes());
    out.flush();
    written += frames;
  }

  @Override
  public void close() {
    try {
      out.close();
    } catch (IOException e) {
      System.getLogger(StreamOutput.class.getName())
          .log(
              System.Logger.Level.WARNING,
              "could not finish {0}: {1}",
              description,
              e.getMessage());
    }
  }
}
