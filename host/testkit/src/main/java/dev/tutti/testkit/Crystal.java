package dev.tutti.testkit;

/**
 * A machine's clock: it began at some other instant and runs a little fast or slow. Pure
 * arithmetic.
 *
 * @param aheadMicros what it shows more than true time at instant 0
 * @param ppm how much faster than true time it runs
 */
public record Crystal(long aheadMicros, double ppm) {
  /** A clock that is right. */
  public static final Crystal TRUE = new Crystal(0, 0);

  /** What this clock shows at an instant of true time. */
  public long localMicros(long trueMicros) {
    return trueMicros + aheadMicros + Math.round(trueMicros * ppm * 1e-6);
  }

  /** When this clock shows something. */
  public long trueMicros(long localMicros) {
    return Math.round((localMicros - aheadMicros) / (1 + ppm * 1e-6));
  }
}
