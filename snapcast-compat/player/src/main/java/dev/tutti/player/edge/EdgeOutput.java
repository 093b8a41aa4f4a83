package dev.tutti.player.edge;

import dev.tutti.api.audio.SampleFormat;
import dev.tutti.audio.dsp.PcmReader;
import dev.tutti.player.output.Output;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * This machine's clock as a device: each period is a block of the {@link BlockGrid}, heard exactly
 * at its instant, and rendered so long before as the local client wants it.
 */
final class EdgeOutput implements Output {
  /** Blocks are there so long before they have to be sent. */
  static final long LEAD_MICROS = 40_000;

  private final BlockRing ring;
  private final BlockGrid grid;
  private final LongSupplier clock;
  private final BooleanSupplier resting;
  private final PcmReader reader;
  private final long aheadMicros;
  private long next;
  private long readAt;

  /**
   * @param ring where blocks go
   * @param clock ours, microseconds
   * @param localBufferMicros of the local client
   * @param resting whether silence is meant that is written now
   */
  EdgeOutput(BlockRing ring, LongSupplier clock, long localBufferMicros, BooleanSupplier resting) {
    this.ring = ring;
    this.grid = ring.grid();
    this.clock = clock;
    this.resting = resting;
    this.aheadMicros = localBufferMicros + LEAD_MICROS;
    this.reader = new PcmReader(grid.format().bits());
    this.next = grid.firstAt(clock.getAsLong() + aheadMicros);
  }

  @Override
  public SampleFormat format() {
    return grid.format();
  }

  @Override
  public int periodFrames() {
    return grid.frames();
  }

  @Override
  public boolean exact() {
    return true;
  }

  @Override
  public String description() {
    return "a local client, " + grid.format();
  }

  /** How long until the next block is to be rendered; not more than 0 if it is time. */
  long waitMicros() {
    return grid.timeMicros(next) - aheadMicros - clock.getAsLong();
  }

  @Override
  public void awaitRoom() throws InterruptedException {
    long wait = waitMicros();
    while (wait > 0) {
      LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(wait));
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      wait = waitMicros();
    }
  }

  @Override
  public double delayFrames() {
    readAt = clock.getAsLong();
    if (grid.timeMicros(next) < readAt) {
      // We stood still: what would have been heard meanwhile is of no use to anybody.
      next = grid.firstAt(readAt + aheadMicros);
    }
    return grid.framesUntil(next, readAt);
  }

  @Override
  public long readAtMicros() {
    return readAt;
  }

  @Override
  public void write(byte[] pcm, int frames) {
    reader.toFloats(pcm, 0, ring.place(next), 0, frames * grid.format().channels());
    ring.publish(next, resting.getAsBoolean());
    next++;
  }

  @Override
  public void close() {
    // What was rendered last can still be sent.
  }
}
