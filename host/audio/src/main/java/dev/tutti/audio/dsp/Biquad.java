package dev.tutti.audio.dsp;

import dev.tutti.api.audio.EqBand;

/**
 * The coefficients of a second-order filter, normalised to a0 = 1. A value; any thread. The
 * formulas are those of the bilinear transform with the centre frequency kept ("audio EQ
 * cookbook").
 *
 * @param b0 feed-forward
 * @param b1 feed-forward, one frame ago
 * @param b2 feed-forward, two frames ago
 * @param a1 feedback, one frame ago
 * @param a2 feedback, two frames ago
 */
public record Biquad(double b0, double b1, double b2, double a1, double a2) {
  /** Nearer to half the rate than this a filter cannot be built; it is moved below. */
  private static final double HIGHEST = 0.49;

  /**
   * The filter of a band.
   *
   * @param rate frames per second
   */
  public static Biquad of(EqBand band, int rate) {
    double omega = 2 * Math.PI * Math.min(band.hertz(), HIGHEST * rate) / rate;
    double cos = Math.cos(omega);
    double alpha = Math.sin(omega) / (2 * band.q());
    double a = Math.pow(10, band.gainDb() / 40);
    return switch (band.kind()) {
      case PEAK ->
          normalised(
              1 + alpha * a, -2 * cos, 1 - alpha * a, 1 + alpha / a, -2 * cos, 1 - alpha / a);
      case LOW_SHELF -> shelf(a, cos, alpha, 1);
      case HIGH_SHELF -> shelf(a, cos, alpha, -1);
      case LOW_PASS ->
          normalised((1 - cos) / 2, 1 - cos, (1 - cos) / 2, 1 + alpha, -2 * cos, 1 - alpha);
      case HIGH_PASS ->
          normalised((1 + cos) / 2, -1 - cos, (1 + cos) / 2, 1 + alpha, -2 * cos, 1 - alpha);
      case NOTCH -> normalised(1, -2 * cos, 1, 1 + alpha, -2 * cos, 1 - alpha);
    };
  }

  /** A shelf below (side 1) or above (side −1) the corner. */
  private static Biquad shelf(double a, double cos, double alpha, int side) {
    double root = 2 * Math.sqrt(a) * alpha;
    double up = a + 1;
    double down = (a - 1) * side;
    return normalised(
        a * (up - down * cos + root),
        2 * a * side * ((a - 1) - side * up * cos),
        a * (up - down * cos - root),
        up + down * cos + root,
        -2 * side * ((a - 1) + side * up * cos),
        up + down * cos - root);
  }

  private static Biquad normalised(
      double b0, double b1, double b2, double a0, double a1, double a2) {
    return new Biquad(b0 / a0, b1 / a0, b2 / a0, a1 / a0, a2 / a0);
  }

  /** How much louder (linear) a tone leaves than it came. */
  public double gainAt(double hertz, int rate) {
    double w = 2 * Math.PI * hertz / rate;
    double re = b0 + b1 * Math.cos(w) + b2 * Math.cos(2 * w);
    double im = b1 * Math.sin(w) + b2 * Math.sin(2 * w);
    double reA = 1 + a1 * Math.cos(w) + a2 * Math.cos(2 * w);
    double imA = a1 * Math.sin(w) + a2 * Math.sin(2 * w);
    return Math.sqrt((re * re + im * im) / (reA * reA + imA * imA));
  }
}
