package dev.tutti.player.session;

import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: short for the first minute, because a server that is
 * back should be heard at once, then longer, for ever. Scattered, so that many players do not come
 * together. For the session's thread.
 */
final class Backoff {
  private static final double FIRST_MICROS = 100_000;
  private static final double GROWTH = 1.5;
  private static final double MOST_AT_FIRST_MICROS = 400_000;
  private static final double MOST_MICROS = 5_000_000;
  private static final long AT_FIRST_MICROS = 60_000_000;

  private final RandomGenerator random;
  private double delay = FIRST_MICROS;
  private long lostAt = Long.MIN_VALUE;

  Backoff(RandomGenerator random) {
    this.random = random;
  }

  /** It worked. */
  void reset() {
    delay = FIRST_MICROS;
    lostAt = Long.MIN_VALUE;
  }

  /** The instant of the next attempt. */
  long next(long nowMicros) {
    if (lostAt == Long.MIN_VALUE) {
      lostAt = nowMicros;
    }
    double most = nowMicros - lostAt < AT_FIRST_MICROS ? MOST_AT_FIRST_MICROS : MOST_MICROS;
    double scattered = delay * random.nextDouble(0.5, 1);
    delay = Math.min(most, delay * GROWTH);
    return nowMicros + Math.round(scattered);
  }
}
