package dev.tutti.audio.codec.flac;

/**
 * One channel of one frame: constant, verbatim, or predicted, whichever is shortest. Used again for
 * every frame; allocates nothing after construction.
 */
final class Subframe {
  private enum Kind {
    CONSTANT,
    VERBATIM,
    FIXED
  }

  private final int[] shifted;
  private final int[] folded;
  private final RicePlan rice = new RicePlan();
  private final long[] sums = new long[FixedPredictor.MAX_ORDER + 1];
  private Kind kind = Kind.CONSTANT;
  private int[] samples;
  private int frames;
  private int width;
  private int wasted;
  private int order;

  Subframe(int maxFrames) {
    shifted = new int[maxFrames];
    folded = new int[maxFrames];
    samples = shifted;
  }

  /** About the bits a signal will take: cheap, for choosing between signals. */
  long estimate(int[] signal, int count, int bits) {
    if (count <= FixedPredictor.MAX_ORDER) {
      return (long) count * bits;
    }
    FixedPredictor.measure(signal, count, bits, sums);
    long sum = 2 * sums[FixedPredictor.best(sums)];
    int log = 64 - Long.numberOfLeadingZeros(sum / count);
    return (long) count * log + (sum >> log);
  }

  /**
   * Decides how to write a signal.
   *
   * @param signal kept until {@link #write}
   * @param bits width of its samples, up to 25
   */
  void plan(int[] signal, int count, int bits) {
    frames = count;
    wasted = zeroBits(signal, count);
    if (wasted == Integer.SIZE || constant(signal, count)) {
      kind = Kind.CONSTANT;
      samples = signal;
      width = bits;
      wasted = 0;
      return;
    }
    width = bits - wasted;
    samples = wasted == 0 ? signal : shift(signal, count);
    kind = Kind.VERBATIM;
    if (count > FixedPredictor.MAX_ORDER) {
      FixedPredictor.measure(samples, count, width, sums);
      order = FixedPredictor.best(sums);
      FixedPredictor.residual(samples, count, order, folded);
      long predicted = (long) order * width + rice.plan(folded, count, order);
      kind = predicted < (long) count * width ? Kind.FIXED : Kind.VERBATIM;
    }
  }

  private static int zeroBits(int[] signal, int count) {
    int all = 0;
    for (int i = 0; i < count; i++) {
      all |= signal[i];
    }
    return Integer.numberOfTrailingZeros(all);
  }

  private static boolean constant(int[] signal, int count) {
    int i = 1;
    while (i < count && signal[i] == signal[0]) {
      i++;
    }
    return i >= count;
  }

  private int[] shift(int[] signal, int count) {
    for (int i = 0; i < count; i++) {
      shifted[i] = signal[i] >> wasted;
    }
    return shifted;
  }

  void write(BitWriter out) {
    int type =
        switch (kind) {
          case CONSTANT -> 0;
          case VERBATIM -> 1;
          case FIXED -> 8 | order;
        };
    out.write(type << 1 | (wasted > 0 ? 1 : 0), 8);
    if (wasted > 0) {
      out.zeros(wasted - 1);
      out.write(1, 1);
    }
    int plain =
        switch (kind) {
          case CONSTANT -> 1;
          case VERBATIM -> frames;
          case FIXED -> order;
        };
    for (int i = 0; i < plain; i++) {
      out.write(samples[i], width);
    }
    if (kind == Kind.FIXED) {
      rice.write(out, folded, frames, order);
    }
  }
}
