package dev.tutti.player.fallback;

/**
 * How deep the buffer really gets: a live source cannot be sent ahead, however much is asked for.
 * The same for players that are sent the same. For one thread.
 */
final class Depth {
  /** Players that are sent the same measure it a little differently. */
  private static final long STEP = 500_000;

  /** Nothing is added any more: it is as full as it gets. */
  private static final long FULL_AFTER = 2_000_000;

  private long deepest;
  private long grownAt;

  /** Anew: another connection. */
  void begin(long nowMicros) {
    deepest = 0;
    grownAt = nowMicros;
  }

  void observe(long inHandMicros, long nowMicros) {
    if (inHandMicros >= deepest + STEP) {
      deepest = inHandMicros;
      grownAt = nowMicros;
    }
  }

  /** How deep it got. */
  long micros(Situation now) {
    long seen = (deepest + STEP / 2) / STEP * STEP;
    return Math.clamp(seen, now.bufferMicros(), nominal(now));
  }

  /** How deep it is to get: as much as is asked for, until it is seen that it is less. */
  long wanted(Situation now, long nowMicros) {
    boolean full = deepest > 0 && nowMicros - grownAt >= FULL_AFTER;
    return full ? micros(now) : nominal(now);
  }

  /** What is asked for. */
  private static long nominal(Situation now) {
    return Math.max(now.bufferMicros(), now.depthMicros());
  }
}
