package dev.tutti.player.clock;

/**
 * One clock against another: offset and its rate of change with their uncertainties, a Kalman
 * filter of two states. The rate wanders, the offset follows it. For one thread; does not allocate.
 */
public final class Drift {
  /** Two good crystals: the rate of one against the other is usually within this. */
  private static final double FIRST_RATE = 100e-6;

  /** What an adjustment of a clock may do to the rate. */
  private static final double SLEW_RATE = 500e-6;

  /** How far the rate wanders in a second (as a random walk): 0.03 ppm. */
  static final double WANDER = 0.03e-6;

  private double offset;
  private double rate;
  private double variance;
  private double covariance;
  private double rateVariance;
  private long at;

  /** Begins anew with an offset. */
  public void begin(double firstOffset, double sigma, long atMicros) {
    offset = firstOffset;
    rate = 0;
    variance = sigma * sigma;
    covariance = 0;
    rateVariance = FIRST_RATE * FIRST_RATE;
    at = atMicros;
  }

  /** The offset is another one, the rate is what it was. */
  public void jump(double newOffset, double sigma, double rateSigma, long atMicros) {
    moveTo(atMicros);
    offset = newOffset;
    variance = sigma * sigma;
    covariance = 0;
    rateVariance += rateSigma * rateSigma;
  }

  /** The estimated offset at an instant. */
  public double offsetAt(long micros) {
    return offset + rate * (micros - at);
  }

  /** Its variance, µs². */
  public double varianceAt(long micros) {
    double later = micros - at;
    double wander = WANDER * WANDER * 1e-6 * Math.abs(later);
    return Math.max(
        0,
        variance
            + 2 * covariance * later
            + rateVariance * later * later
            + wander * later * later / 3);
  }

  /** How much the offset grows per microsecond. */
  public double rate() {
    return rate;
  }

  /** The usual error of the rate, µs per µs. */
  public double rateSigma() {
    return Math.sqrt(rateVariance);
  }

  /** Moves to an instant, earlier ones are taken as now. */
  private void moveTo(long micros) {
    double later = micros - at;
    if (later <= 0) {
      return;
    }
    variance = varianceAt(micros);
    offset = offsetAt(micros);
    double wander = WANDER * WANDER * 1e-6 * later;
    covariance += rateVariance * later + wander * later / 2;
    rateVariance += wander;
    at = micros;
  }

  /**
   * Takes in a measurement.
   *
   * @param residual measured offset minus {@link #offsetAt} that instant
   * @param sigma its standard deviation, µs
   */
  public void correct(double residual, double sigma, long atMicros) {
    moveTo(atMicros);
    double total = variance + sigma * sigma;
    double gain = variance / total;
    double rateGain = covariance / total;
    offset += gain * residual;
    rate = Math.clamp(rate + rateGain * residual, -ClockView.MAX_RATE, ClockView.MAX_RATE);
    rateVariance = Math.max(0, rateVariance - rateGain * covariance);
    covariance *= 1 - gain;
    variance *= 1 - gain;
  }

  /** The prediction was wrong by so much: both states may have changed. */
  public void doubt(double error, long atMicros) {
    moveTo(atMicros);
    variance += error * error;
    rateVariance += SLEW_RATE * SLEW_RATE;
  }

  /** The offset has moved by so much for a reason that has hardly to do with the rate. */
  public void doubtOffset(double error, double rateSigma, long atMicros) {
    moveTo(atMicros);
    variance += error * error;
    rateVariance += rateSigma * rateSigma;
  }

  /**
   * Puts the estimate between limits that are certain.
   *
   * @return by how much it was moved
   */
  double keepWithin(double lowest, double highest, long atMicros) {
    double now = offsetAt(atMicros);
    double moved = Math.clamp(now, lowest, highest) - now;
    offset += moved;
    return moved;
  }

  ClockView view(int epoch, long jump, long base, CertainBounds certain) {
    return new ClockView(
        epoch,
        jump,
        true,
        base,
        at,
        offset,
        rate,
        variance,
        covariance,
        rateVariance,
        certain.lowest(),
        certain.highest(),
        certain.at());
  }
}
