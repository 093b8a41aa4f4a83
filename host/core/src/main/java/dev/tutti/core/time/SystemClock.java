package dev.tutti.core.time;

import dev.tutti.api.Clock;

/**
 * The system's monotonic clock; it does not restart with the process. The only reader of {@link
 * System#nanoTime}. Any thread.
 */
public final class SystemClock implements Clock {
  @Override
  public long nowMicros() {
    return System.nanoTime() / 1000;
  }
}
