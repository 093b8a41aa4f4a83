package dev.tutti.audio.measure;

/**
 * The ear's filter of ITU-R BS.1770 for one channel: a shelf for the head, then a high-pass. The
 * standard prints coefficients for 48 kHz; these are the analogue filters behind them, so that any
 * rate measures alike.
 */
final class KWeighting {
  private static final double SHELF_HZ = 1681.974450955533;
  private static final double SHELF_Q = 0.7071752369554196;
  private static final double SHELF_DB = 3.999843853973347;
  private static final double SHELF_SLOPE = 0.4996667741545416;
  private static final double HIGH_PASS_HZ = 38.13547087602444;
  private static final double HIGH_PASS_Q = 0.5003270373238773;

  /** Far below anything audible: what is smaller is taken for silence. */
  private static final double NOTHING = 1e-15;

  private final double b0;
  private final double b1;
  private final double b2;
  private final double a1;
  private final double a2;
  private final double h1;
  private final double h2;
  private double shelf1;
  private double shelf2;
  private double high1;
  private double high2;

  KWeighting(int rate) {
    double k = Math.tan(Math.PI * SHELF_HZ / rate);
    double high = Math.pow(10, SHELF_DB / 20);
    double band = Math.pow(high, SHELF_SLOPE);
    double norm = 1 + k / SHELF_Q + k * k;
    b0 = (high + band * k / SHELF_Q + k * k) / norm;
    b1 = 2 * (k * k - high) / norm;
    b2 = (high - band * k / SHELF_Q + k * k) / norm;
    a1 = 2 * (k * k - 1) / norm;
    a2 = (1 - k / SHELF_Q + k * k) / norm;
    double j = Math.tan(Math.PI * HIGH_PASS_HZ / rate);
    double highNorm = 1 + j / HIGH_PASS_Q + j * j;
    h1 = 2 * (j * j - 1) / highNorm;
    h2 = (1 - j / HIGH_PASS_Q + j * j) / highNorm;
  }

  /**
   * Filters one channel of interleaved samples.
   *
   * @param first index of its first sample
   * @param stride samples from one frame to the next
   * @return the sum of the squares of what comes out
   */
  double power(float[] samples, int first, int stride, int frames) {
    double sum = 0;
    for (int i = 0, at = first; i < frames; i++, at += stride) {
      double x = samples[at];
      double y = b0 * x + shelf1;
      shelf1 = b1 * x - a1 * y + shelf2;
      shelf2 = b2 * x - a2 * y;
      double z = y + high1;
      high1 = -2 * y - h1 * z + high2;
      high2 = y - h2 * z;
      sum += z * z;
    }
    flush();
    return sum;
  }

  /** Ends the tail of a sound before it becomes numbers that processors are slow with. */
  private void flush() {
    if (Math.abs(high1) + Math.abs(high2) + Math.abs(shelf1) + Math.abs(shelf2) < NOTHING) {
      high1 = 0;
      high2 = 0;
      shelf1 = 0;
      shelf2 = 0;
    }
  }
}
