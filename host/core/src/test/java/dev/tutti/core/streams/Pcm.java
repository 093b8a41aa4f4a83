package dev.tutti.core.streams;

import java.util.Arrays;

/** Compares samples and says where they differ, instead of printing them all. */
final class Pcm {
  private Pcm() {}

  /** The first index at which two runs differ, or −1. */
  static int firstDifference(float[] a, float[] b) {
    return Arrays.mismatch(a, b);
  }

  /** Complains unless all samples are equal. */
  static void assertSame(float[] actual, float[] expected) {
    int at = firstDifference(actual, expected);
    if (at >= 0) {
      throw new AssertionError(
          "samples differ from index %d on: %s, expected %s; lengths %d and %d"
              .formatted(
                  at, around(actual, at), around(expected, at), actual.length, expected.length));
    }
  }

  private static String around(float[] samples, int at) {
    int from = Math.max(0, at - 2);
    return Arrays.toString(Arrays.copyOfRange(samples, from, Math.min(samples.length, at + 4)));
  }
}
