package dev.tutti.audio.dsp;

/**
 * Triangular noise of two quantisation steps, which makes rounding errors independent of the music.
 * The noise is a function of seed and position alone: what is rendered again at the same place
 * comes out bit by bit the same. Used by one thread; does not allocate.
 */
public final class Dither {
  /** The odd constant of SplitMix64: consecutive positions give unrelated values. */
  private static final long STEP = 0x9E37_79B9_7F4A_7C15L;

  private static final double TO_ONE_STEP = 0x1p-32;

  private final long seed;
  private long position;

  public Dither(long seed) {
    this.seed = seed;
  }

  /** Whether samples that need {@code exactBits} bits (0: unknown) lose any when kept in fewer. */
  public static boolean needed(int exactBits, int bits) {
    return bits <= 16 && (exactBits == 0 || exactBits > bits);
  }

  /** Goes to the noise of a sample, counted from any origin the caller keeps to. */
  public void position(long sample) {
    position = sample;
  }

  /** The next value, in quantisation steps: between −1 and 1, most often near 0. */
  public double next() {
    long z = seed + STEP * ++position;
    z = (z ^ (z >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D0_49BB_1331_11EBL;
    z ^= z >>> 31;
    return ((int) z + (double) (int) (z >>> 32)) * TO_ONE_STEP;
  }
}
