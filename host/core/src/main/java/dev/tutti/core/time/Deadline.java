package dev.tutti.core.time;

import java.time.Duration;

/**
 * An end to waiting for real threads and devices, in real time also where everything else runs on
 * {@link VirtualTime}.
 */
public final class Deadline {
  private final SystemClock clock = new SystemClock();
  private final long atMicros;

  private Deadline(Duration limit) {
    atMicros = clock.nowMicros() + limit.toNanos() / 1000;
  }

  public static Deadline in(Duration limit) {
    return new Deadline(limit);
  }

  /** What is left; zero once it is over. */
  public Duration left() {
    return Duration.ofNanos(Math.max(0, atMicros - clock.nowMicros()) * 1000);
  }

  /** What is left, but no more than a limit. */
  public Duration left(Duration atMost) {
    Duration left = left();
    return left.compareTo(atMost) < 0 ? left : atMost;
  }

  public boolean over() {
    return left().isZero();
  }
}
