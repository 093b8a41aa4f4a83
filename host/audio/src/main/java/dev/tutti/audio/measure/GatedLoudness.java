package dev.tutti.audio.measure;

/**
 * The integrated loudness of blocks of 400 ms after both gates of ITU-R BS.1770: absolute at −70
 * LUFS, relative 10 LU below the mean of the rest. Memory is constant: blocks are kept as counts
 * and sums per 0.05 LU.
 */
final class GatedLoudness {
  private static final double ABSOLUTE_GATE = -70;
  private static final double RELATIVE_GATE = -10;
  private static final double BIN = 0.05;
  private static final double HIGHEST = 30;
  private static final int BINS = (int) Math.round((HIGHEST - ABSOLUTE_GATE) / BIN);

  private final long[] counts = new long[BINS];
  private final double[] powers = new double[BINS];

  /**
   * @param power mean square over the block, weighted and summed over the channels
   */
  void add(double power) {
    double lufs = lufs(power);
    if (lufs >= ABSOLUTE_GATE) {
      int bin = bin(lufs);
      counts[bin]++;
      powers[bin] += power;
    }
  }

  /** Negative infinity if there was no block above the gate. */
  double integratedLufs() {
    double ungated = meanFrom(0);
    double gate = lufs(ungated) + RELATIVE_GATE;
    return ungated == 0
        ? Double.NEGATIVE_INFINITY
        : lufs(meanFrom(gate < ABSOLUTE_GATE ? 0 : bin(gate)));
  }

  static double lufs(double power) {
    return -0.691 + 10 * Math.log10(power);
  }

  private double meanFrom(int firstBin) {
    long count = 0;
    double sum = 0;
    for (int i = firstBin; i < BINS; i++) {
      count += counts[i];
      sum += powers[i];
    }
    return count == 0 ? 0 : sum / count;
  }

  private static int bin(double lufs) {
    return (int) Math.min(BINS - 1, (lufs - ABSOLUTE_GATE) / BIN);
  }
}
