package dev.tutti.player.playout;

import java.util.Locale;

/**
 * From percent to a linear gain, as snapclient does it.
 *
 * @param polynomial whether it is a power of the volume, else an exponential curve
 * @param parameter the exponent, or the base
 */
public record VolumeCurve(boolean polynomial, double parameter) {
  /** snapclient's default. */
  public static final VolumeCurve DEFAULT = new VolumeCurve(false, 10);

  /**
   * Reads {@code exp}, {@code exp:BASE}, {@code poly} or {@code poly:EXPONENT}.
   *
   * @throws IllegalArgumentException saying what is expected
   */
  public static VolumeCurve parse(String text) {
    String[] parts = text.toLowerCase(Locale.ROOT).split(":", 2);
    boolean polynomial = parts[0].equals("poly");
    if (!polynomial && !parts[0].equals("exp")) {
      throw new IllegalArgumentException(
          "expected exp, exp:BASE, poly or poly:EXPONENT, not \"" + text + "\"");
    }
    try {
      double parameter =
          parts.length == 2 ? Double.parseDouble(parts[1]) : polynomial ? 3 : DEFAULT.parameter;
      if (!(parameter > (polynomial ? 0 : 1)) || parameter > 10_000) {
        throw new IllegalArgumentException(
            "the curve's parameter must be above " + (polynomial ? 0 : 1) + ", not " + parts[1]);
      }
      return new VolumeCurve(polynomial, parameter);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("\"" + parts[1] + "\" is no number", e);
    }
  }

  /** The gain for 0 to 100 percent: exactly 0 for 0, exactly 1 for 100. */
  public double gain(int percent) {
    double volume = Math.clamp(percent, 0, 100) / 100.0;
    return polynomial
        ? Math.pow(volume, parameter)
        : (Math.pow(parameter, volume) - 1) / (parameter - 1);
  }
}
