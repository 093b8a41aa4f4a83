package dev.tutti.player.clock;

/**
 * What is known of the server's clock: a snapshot, good until the next one and, with growing
 * uncertainty, beyond. Times are microseconds. Any thread; the methods do not allocate.
 *
 * @param epoch grows by one each time the server's clock (or ours) was found to have jumped
 * @param jumpMicros by how much the offset jumped when this epoch began, told better by each of the
 *     first exchanges; 0 in epoch 0
 * @param known false before the first exchange: nothing else means anything then
 * @param baseMicros with {@code offsetMicros} the server's clock minus ours
 * @param atMicros on our clock: the instant the estimate is for
 * @param offsetMicros the rest of the offset
 * @param rate how much the offset grows per microsecond; 1e-6 is one ppm
 * @param variance of the offset, µs²
 * @param covariance of offset and rate
 * @param rateVariance of the rate
 * @param lowestMicros no less than this is the rest of the offset, for certain
 * @param highestMicros no more than this is it, for certain
 * @param certainAtMicros the instant the two bounds are for
 */
public record ClockView(
    int epoch,
    long jumpMicros,
    boolean known,
    long baseMicros,
    long atMicros,
    double offsetMicros,
    double rate,
    double variance,
    double covariance,
    double rateVariance,
    double lowestMicros,
    double highestMicros,
    long certainAtMicros) {
  /**
   * Faster than this two clocks never part: crystals of 100 ppm on either side, both slewed by 500
   * ppm, and a reserve.
   */
  public static final double MAX_RATE = 1300e-6;

  /** So many standard deviations are hardly ever exceeded. */
  private static final double SURE = 3;

  private static final double GROWTH_MICROS = 1e6;

  /** Before the first exchange. */
  public static final ClockView UNKNOWN = new ClockView(0, 0, false, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  /**
   * This machine's own clock, for one that was never told another. Its epoch comes before all
   * others.
   */
  public static final ClockView OWN = new ClockView(-1, 0, true, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  /** The same clock, put on by so much. */
  public ClockView plus(long micros) {
    return with(jumpMicros, baseMicros + micros);
  }

  /** The same clock, of which it is said that its epoch began with another jump. */
  public ClockView jumped(long micros) {
    return with(micros, baseMicros);
  }

  private ClockView with(long jump, long base) {
    return new ClockView(
        epoch,
        jump,
        known,
        base,
        atMicros,
        offsetMicros,
        rate,
        variance,
        covariance,
        rateVariance,
        lowestMicros,
        highestMicros,
        certainAtMicros);
  }

  /** What the server's clock shows when ours shows something, by the best estimate. */
  public double serverMicros(double localMicros) {
    return baseMicros + localMicros + restAt(localMicros);
  }

  /** The estimated offset at an instant of our clock: server minus ours. */
  public double offsetAt(double localMicros) {
    return baseMicros + restAt(localMicros);
  }

  /** How much faster than ours the server's clock runs, in ppm. */
  public double driftPpm() {
    return rate * 1e6;
  }

  /**
   * The error of {@link #serverMicros} is not larger than this, whatever the route, as long as the
   * clocks keep {@link #MAX_RATE}. Grows with the time since the last exchange.
   */
  public double boundMicros(double localMicros) {
    double spread = MAX_RATE * Math.max(0, localMicros - certainAtMicros);
    double estimate = restAt(localMicros);
    return Math.max(
        Math.abs(highestMicros + spread - estimate), Math.abs(estimate - lowestMicros + spread));
  }

  /**
   * The error of {@link #serverMicros} is within this in 99 of 100 moments, also long after the
   * last exchange: then a crystal runs as it did, but for what was not known of its rate, and what
   * it wanders (some 0.5 ppm in a quarter of an hour). Never more than {@link #boundMicros}.
   */
  public double holdoverMicros(double localMicros) {
    double later = Math.max(0, localMicros - certainAtMicros);
    double estimate = restAt((double) certainAtMicros);
    double begun = Math.max(highestMicros - estimate, estimate - lowestMicros);
    double wander = Drift.WANDER * Drift.WANDER * 1e-6 * later;
    double grown =
        2 * Math.max(0, covariance) * later + (rateVariance + wander / 3) * later * later;
    return Math.min(boundMicros(localMicros), begun + SURE * Math.sqrt(grown));
  }

  /** By how much that grows at an instant, µs per µs. */
  public double holdoverGrowth(double localMicros) {
    return (holdoverMicros(localMicros + GROWTH_MICROS) - holdoverMicros(localMicros))
        / GROWTH_MICROS;
  }

  /** The usual size of the error (one standard deviation) where both ways take equally long. */
  public double likelyErrorMicros(double localMicros) {
    double later = localMicros - atMicros;
    return Math.sqrt(Math.max(0, variance + 2 * covariance * later + rateVariance * later * later));
  }

  private double restAt(double localMicros) {
    return offsetMicros + rate * (localMicros - atMicros);
  }
}
