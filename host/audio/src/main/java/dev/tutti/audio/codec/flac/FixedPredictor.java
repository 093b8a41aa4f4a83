package dev.tutti.audio.codec.flac;

import java.util.Arrays;

/**
 * FLAC's five fixed predictors: order n guesses a sample by the polynomial through the n before it.
 * What remains is the n-th difference.
 */
final class FixedPredictor {
  static final int MAX_ORDER = 4;

  /** As many 4th differences of 17-bit samples as an int can add up. */
  private static final int RUN = 1024;

  private static final int NARROW_BITS = 17;

  private FixedPredictor() {}

  /**
   * Adds up the absolute remainders of each order, from the fifth sample on.
   *
   * @param bits width of the samples, up to 25
   * @param sums receives five sums
   */
  static void measure(int[] samples, int frames, int bits, long[] sums) {
    Arrays.fill(sums, 0);
    if (bits > NARROW_BITS) {
      addWide(samples, frames, sums);
      return;
    }
    for (int from = MAX_ORDER; from < frames; from += RUN) {
      addRun(samples, from, Math.min(frames, from + RUN), sums);
    }
  }

  private static void addWide(int[] x, int frames, long[] sums) {
    long sum0 = 0;
    long sum1 = 0;
    long sum2 = 0;
    long sum3 = 0;
    long sum4 = 0;
    for (int i = MAX_ORDER; i < frames; i++) {
      int first = x[i] - x[i - 1];
      int second = first - x[i - 1] + x[i - 2];
      int older = x[i - 1] - 2 * x[i - 2] + x[i - 3];
      int third = second - older;
      sum0 += Math.abs(x[i]);
      sum1 += Math.abs(first);
      sum2 += Math.abs(second);
      sum3 += Math.abs(third);
      sum4 += Math.abs(third - older + x[i - 2] - 2 * x[i - 3] + x[i - 4]);
    }
    sums[0] = sum0;
    sums[1] = sum1;
    sums[2] = sum2;
    sums[3] = sum3;
    sums[4] = sum4;
  }

  private static void addRun(int[] x, int from, int to, long[] sums) {
    int sum0 = 0;
    int sum1 = 0;
    int sum2 = 0;
    int sum3 = 0;
    int sum4 = 0;
    for (int i = from; i < to; i++) {
      int a = x[i];
      int b = x[i - 1];
      int c = x[i - 2];
      int d = x[i - 3];
      int e = x[i - 4];
      sum0 += Math.abs(a);
      sum1 += Math.abs(a - b);
      sum2 += Math.abs(a - 2 * b + c);
      sum3 += Math.abs(a - 3 * b + 3 * c - d);
      sum4 += Math.abs(a - 4 * b + 6 * c - 4 * d + e);
    }
    sums[0] += sum0;
    sums[1] += sum1;
    sums[2] += sum2;
    sums[3] += sum3;
    sums[4] += sum4;
  }

  /** The order with the smallest sum. */
  static int best(long[] sums) {
    int best = 0;
    for (int order = 1; order <= MAX_ORDER; order++) {
      if (sums[order] < sums[best]) {
        best = order;
      }
    }
    return best;
  }

  /**
   * Computes the remainders from sample {@code order} on, folded to be positive (0, −1, 1, −2, 2 …
   * become 0, 1, 2, 3, 4 …).
   */
  static void residual(int[] x, int frames, int order, int[] folded) {
    switch (order) {
      case 0 -> {
        for (int i = 0; i < frames; i++) {
          folded[i] = fold(x[i]);
        }
      }
      case 1 -> {
        for (int i = 1; i < frames; i++) {
          folded[i] = fold(x[i] - x[i - 1]);
        }
      }
      case 2 -> {
        for (int i = 2; i < frames; i++) {
          folded[i] = fold(x[i] - 2 * x[i - 1] + x[i - 2]);
        }
      }
      case 3 -> {
        for (int i = 3; i < frames; i++) {
          folded[i] = fold(x[i] - 3 * x[i - 1] + 3 * x[i - 2] - x[i - 3]);
        }
      }
      default -> {
        for (int i = 4; i < frames; i++) {
          folded[i] = fold(x[i] - 4 * x[i - 1] + 6 * x[i - 2] - 4 * x[i - 3] + x[i - 4]);
        }
      }
    }
  }

  private static int fold(int value) {
    return (value << 1) ^ (value >> 31);
  }
}
