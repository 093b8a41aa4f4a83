package dev.tutti.snapcast.sessions;

/**
 * How much deeper than it asked for one client is sent chunks, because its route is uneven: several
 * times what the worst of the last seconds took longer than the quickest. It never decides when a
 * chunk sounds. A step function.
 */
final class Growth {
  /** A player takes chunks that much further ahead than it asked for. */
  private static final long MOST = 10_000_000;

  /** Who holds so much needs no more. */
  private static final long ENOUGH = 60_000_000;

  /** What a burst may take of the wire's time, and some more. */
  private static final long USUAL = 100_000;

  private static final int TIMES = 8;
  private static final long STEP = 500_000;

  /** What was worst is remembered for so long, twice at most. */
  private static final long AGE = 2_500_000;

  private final long most;
  private long quickest = Long.MAX_VALUE;
  private long worst;
  private long worstOfLate;
  private long agesAt = Long.MIN_VALUE;

  /**
   * @param depthMicros what the client asked for
   */
  Growth(long depthMicros) {
    most = Math.clamp(ENOUGH - depthMicros, 0, MOST);
  }

  /** Something took so long there and back. */
  void observe(long tookMicros, long nowMicros) {
    if (nowMicros >= agesAt) {
      agesAt = nowMicros + AGE;
      worst = worstOfLate;
      worstOfLate = 0;
    }
    quickest = Math.min(quickest, tookMicros);
    worstOfLate = Math.max(worstOfLate, tookMicros - quickest - USUAL);
  }

  /** By how much it is sent more. */
  long micros() {
    return Math.min(most, neededMicros());
  }

  /** How much it should hold; 0 while the route is even. */
  long neededMicros() {
    return Math.ceilDiv(Math.max(worst, worstOfLate) * TIMES, STEP) * STEP;
  }
}
