package dev.tutti.audio.codec.flac;

/**
 * How the remainders of one subframe are split into partitions, each with the Rice parameter that
 * makes it short. Allocates nothing after construction.
 */
final class RicePlan {
  private static final int MAX_PARTITION_ORDER = 5;
  private static final int SHORT_PARAMETER_BITS = 4;
  private static final int LONG_PARAMETER_BITS = 5;

  /** The largest parameter four bits can hold; 15 means something else. */
  private static final int MAX_SHORT_PARAMETER = 14;

  private static final int MAX_LONG_PARAMETER = 30;

  private final long[] sums = new long[1 << MAX_PARTITION_ORDER];
  private final int[] trial = new int[1 << MAX_PARTITION_ORDER];
  private final int[] parameters = new int[1 << MAX_PARTITION_ORDER];
  private int partitionOrder;
  private long bits;

  /**
   * Finds the shortest split.
   *
   * @param folded remainders from index {@code order} on
   * @return an upper bound of the bits it takes
   */
  long plan(int[] folded, int frames, int order) {
    int finest = finest(frames, order);
    addUp(folded, frames, order, finest);
    bits = Long.MAX_VALUE;
    for (int split = finest; split >= 0; split--) {
      long cost = cost(frames, order, split);
      if (cost < bits) {
        bits = cost;
        partitionOrder = split;
        System.arraycopy(trial, 0, parameters, 0, 1 << split);
      }
      for (int i = 0; i < 1 << split >> 1; i++) {
        sums[i] = sums[2 * i] + sums[2 * i + 1];
      }
    }
    return bits;
  }

  private static int finest(int frames, int order) {
    int finest = 0;
    while (finest < MAX_PARTITION_ORDER
        && frames % (2 << finest) == 0
        && frames >> (finest + 1) > order) {
      finest++;
    }
    return finest;
  }

  private void addUp(int[] folded, int frames, int order, int split) {
    int size = frames >> split;
    int from = order;
    for (int partition = 0; partition < 1 << split; partition++) {
      int to = (partition + 1) * size;
      long sum = 0;
      for (int i = from; i < to; i++) {
        sum += folded[i];
      }
      sums[partition] = sum;
      from = to;
    }
  }

  private long cost(int frames, int order, int split) {
    int size = frames >> split;
    long total = 0;
    boolean wide = false;
    for (int partition = 0; partition < 1 << split; partition++) {
      int count = partition == 0 ? size - order : size;
      int parameter = parameter(sums[partition], count);
      trial[partition] = parameter;
      wide |= parameter > MAX_SHORT_PARAMETER;
      total += riceBits(sums[partition], count, parameter);
    }
    return total + ((long) (wide ? LONG_PARAMETER_BITS : SHORT_PARAMETER_BITS) << split);
  }

  /** About the logarithm of the mean, and its neighbour when that promises fewer bits. */
  private static int parameter(long sum, int count) {
    if (sum <= count) {
      return 0;
    }
    int low = Math.min(MAX_LONG_PARAMETER - 1, 63 - Long.numberOfLeadingZeros(sum / count));
    int lower = Math.max(0, low - 1);
    return guess(sum, count, lower) <= guess(sum, count, low) ? lower : low;
  }

  /** Half a step less per number than the bound, for what the low bits hold on average. */
  private static long guess(long sum, int count, int parameter) {
    return riceBits(sum, count, parameter) - (parameter > 0 ? count >> 1 : 0);
  }

  private static long riceBits(long sum, int count, int parameter) {
    return (long) count * (parameter + 1) + (sum >> parameter);
  }

  /** Writes method, split, parameters and remainders. */
  void write(BitWriter out, int[] folded, int frames, int order) {
    boolean wide = false;
    for (int i = 0; i < 1 << partitionOrder; i++) {
      wide |= parameters[i] > MAX_SHORT_PARAMETER;
    }
    out.write(wide ? 1 : 0, 2);
    out.write(partitionOrder, 4);
    int size = frames >> partitionOrder;
    int from = order;
    for (int partition = 0; partition < 1 << partitionOrder; partition++) {
      int parameter = parameters[partition];
      out.write(parameter, wide ? LONG_PARAMETER_BITS : SHORT_PARAMETER_BITS);
      int to = (partition + 1) * size;
      for (int i = from; i < to; i++) {
        out.rice(folded[i], parameter);
      }
      from = to;
    }
  }
}
