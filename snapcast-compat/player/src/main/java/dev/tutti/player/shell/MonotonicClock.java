package dev.tutti.player.shell;

import java.util.function.LongSupplier;

/** The system's monotonic clock; the player's only reader of it. Any thread. */
public final class MonotonicClock implements LongSupplier {
  /** Microseconds since some instant, usually the start of the machine. */
  @Override
  public long getAsLong() {
    return System.nanoTime() / 1000;
  }
}
