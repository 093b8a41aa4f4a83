package dev.tutti.testkit;

import java.util.Arrays;

/**
 * A stock client's idea of the server's clock: the median of the last 200 offsets (reference 4.2).
 */
final class ClientClock {
  private static final int SIZE = 200;

  private final long[] offsets = new long[SIZE];
  private int count;

  void add(long offsetMicros) {
    offsets[count++ % SIZE] = offsetMicros;
  }

  boolean known() {
    return count > 0;
  }

  long serverMicros(long localMicros) {
    long[] sorted = Arrays.copyOf(offsets, Math.min(count, SIZE));
    Arrays.sort(sorted);
    return localMicros + sorted[sorted.length / 2];
  }
}
