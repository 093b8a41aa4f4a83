package dev.tutti.audio.codec;

/**
 * Turns floats into whole numbers of a bit depth. Samples that fit exactly pass bit by bit;
 * computed ones are dithered (triangular, ±1 step) when they go to 16 bits or fewer, so that quiet
 * passages fade into noise instead of distortion. A block of pure silence stays silent. Allocates
 * nothing. For one thread.
 */
public final class Quantizer {
  /** Above this depth the rounding error lies below what any converter resolves. */
  private static final int DITHER_UP_TO_BITS = 16;

  private static final float UNIT = 0x1p-24f;

  private final int bits;
  private final double scale;
  private final double highest;
  private long noise = 0x9E3779B97F4A7C15L;

  /**
   * @param bits 8, 16, 24 or 32
   */
  public Quantizer(int bits) {
    this.bits = bits;
    this.scale = Math.scalb(1.0, bits - 1);
    this.highest = scale - 1;
  }

  /**
   * Quantizes; what lies beyond full scale is clipped.
   *
   * @param samples full scale ±1
   * @param count how many numbers (frames × channels)
   * @param exactBits as in {@link dev.tutti.api.audio.AudioBlock#exactBits}
   * @param out receives right-justified numbers
   */
  public void quantize(float[] samples, int count, int exactBits, int[] out) {
    boolean exact = exactBits > 0 && exactBits <= bits;
    if (exact || bits > DITHER_UP_TO_BITS || silent(samples, count)) {
      round(samples, count, out);
    } else {
      dither(samples, count, out);
    }
  }

  private void round(float[] samples, int count, int[] out) {
    for (int i = 0; i < count; i++) {
      out[i] = (int) Math.max(-scale, Math.min(highest, Math.rint(samples[i] * scale)));
    }
  }

  private void dither(float[] samples, int count, int[] out) {
    float step = (float) scale;
    float top = (float) highest;
    long state = noise;
    for (int i = 0; i < count; i++) {
      state ^= state << 13;
      state ^= state >>> 7;
      state ^= state << 17;
      float triangle = ((int) (state >>> 40) - (int) (state & 0xFFFFFF)) * UNIT;
      float value = samples[i] * step + triangle + 0.5f;
      out[i] = (int) Math.floor(Math.max(-step, Math.min(top, value)));
    }
    noise = state;
  }

  private static boolean silent(float[] samples, int count) {
    for (int i = 0; i < count; i++) {
      if (samples[i] != 0) {
        return false;
      }
    }
    return true;
  }
}
