package dev.tutti.audio.dsp;

/**
 * A low-pass filter cut into phases: row p holds the taps for an output that lies p / phases of an
 * input frame after the frame in the middle. One row more than phases, so that a position between
 * the last phase and the next frame can be interpolated.
 *
 * <p>Kaiser window; flat to 0.91 of the lower Nyquist frequency (20 kHz of 44.1), at least 120 dB
 * down from there on. Where the rates are equal, flat to 20 kHz: at 48 kHz and above that takes
 * little more than half as many taps.
 */
final class SincTable {
  /** Attenuation of what would alias, in dB. */
  private static final double ATTENUATION_DB = 125;

  /** Where the pass band ends, as a part of the lower Nyquist frequency. */
  private static final double PASS = 0.907;

  /** The same where there is room above what can be heard, from {@link #ROOMY_RATE} on. */
  private static final double ROOMY_PASS = 20.0 / 24;

  private static final int ROOMY_RATE = 48_000;

  /** Steps per input frame that make linear interpolation between phases better than −115 dB. */
  private static final int FINE = 1024;

  private static final double BETA = 0.1102 * (ATTENUATION_DB - 8.7);

  private final int phases;
  private final int half;
  private final float[] taps;

  private SincTable(int phases, int half, float[] taps) {
    this.phases = phases;
    this.half = half;
    this.taps = taps;
  }

  /**
   * @param step input frames per {@code perFrames} output frames, both without a common factor
   * @param between whether positions between the exact phases will occur
   * @param rate input frames per second
   */
  static SincTable of(int step, int perFrames, boolean between, int rate) {
    // Equal rates (drift only): the cut-off lies on Nyquist itself, so that the row of phase 0 is
    // a single 1 and an undisturbed signal passes bit by bit.
    boolean equal = step == perFrames;
    if (equal && !between) {
      return new SincTable(1, 1, new float[] {1, 0, 0, 1});
    }
    if (!equal) {
      return make(step, perFrames, between, PASS);
    }
    return rate < ROOMY_RATE ? Drift.TABLE : RoomyDrift.TABLE;
  }

  /** The table of all that only follow a clock; made once, because that takes a while. */
  private static final class Drift {
    static final SincTable TABLE = make(1, 1, true, PASS);
  }

  /** The same for the rates that have room. */
  private static final class RoomyDrift {
    static final SincTable TABLE = make(1, 1, true, ROOMY_PASS);
  }

  private static SincTable make(int step, int perFrames, boolean between, double pass) {
    boolean equal = step == perFrames;
    double lower = Math.min(1.0, (double) perFrames / step);
    double transition = (1 - pass) * 0.5 * lower;
    double cutoff = equal ? 0.5 : 0.5 * lower - transition / 2;
    int half = (int) Math.ceil((ATTENUATION_DB - 7.95) / (14.36 * transition) / 2);
    // The filter of a lower rate is that much smoother, and needs that many phases less.
    int fine = (int) Math.max(16, FINE * lower);
    int phases =
        perFrames > 2 * fine
            ? fine
            : between ? perFrames * Math.ceilDiv(fine, perFrames) : perFrames;
    return new SincTable(phases, half, design(phases, half, cutoff));
  }

  int phases() {
    return phases;
  }

  /** Input frames needed before and including the middle one; as many after it. */
  int half() {
    return half;
  }

  /** Taps per row. */
  int length() {
    return 2 * half;
  }

  /** All rows, one after another. */
  float[] taps() {
    return taps;
  }

  private static float[] design(int phases, int half, double cutoff) {
    int length = 2 * half;
    float[] rows = new float[(phases + 1) * length];
    double[] row = new double[length];
    for (int p = 0; p <= phases / 2; p++) {
      double sum = 0;
      for (int k = 0; k < length; k++) {
        double x = k - (half - 1) - (double) p / phases;
        row[k] = sinc(2 * cutoff * x) * kaiser(x / half);
        sum += row[k];
      }
      // Each row passes DC as it is; the mirrored phase is the same row backwards.
      int mirrored = (phases - p) * length;
      for (int k = 0; k < length; k++) {
        float tap = (float) (row[k] / sum);
        rows[p * length + k] = tap;
        rows[mirrored + length - 1 - k] = tap;
      }
    }
    return rows;
  }

  private static double sinc(double x) {
    if (x == Math.rint(x)) {
      return x == 0 ? 1 : 0;
    }
    return Math.sin(Math.PI * x) / (Math.PI * x);
  }

  private static double kaiser(double x) {
    return x <= -1 || x >= 1 ? 0 : bessel(BETA * Math.sqrt(1 - x * x)) / bessel(BETA);
  }

  /** The modified Bessel function of the first kind, order 0. */
  private static double bessel(double x) {
    double sum = 1;
    double term = 1;
    for (int k = 1; term > sum * 1e-17; k++) {
      term *= (x / 2 / k) * (x / 2 / k);
      sum += term;
    }
    return sum;
  }
}
