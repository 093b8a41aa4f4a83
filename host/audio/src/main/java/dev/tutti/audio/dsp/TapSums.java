package dev.tutti.audio.dsp;

/**
 * Sums of samples, each times its tap: all that a resampler spends its time on. Places between two
 * rows of taps take the taps between them, in a straight line. For one thread; does not allocate.
 */
final class TapSums {
  private final float[] rows;
  private final int length;
  private final int channels;

  /** The taps for a place between two rows. */
  private final float[] blended;

  /**
   * @param rows of taps, one after another
   * @param length of a row; even
   */
  TapSums(float[] rows, int length, int channels) {
    this.rows = rows;
    this.length = length;
    this.channels = channels;
    this.blended = new float[length];
  }

  /**
   * Makes one frame.
   *
   * @param beyond how far the place lies behind the row, as a part of the distance to the next one
   * @param first sample of the first frame the row begins with
   * @param sink first sample of the frame to make
   */
  void frame(int row, float beyond, float[] sound, int first, float[] out, int sink) {
    int from = row * length;
    if (channels == 2 && beyond != 0) {
      stereoBetween(from, beyond, sound, first, out, sink);
    } else if (channels == 2) {
      stereo(from, sound, first, out, sink);
    } else {
      float[] taps = rows;
      if (beyond != 0) {
        blend(from, beyond);
        taps = blended;
        from = 0;
      }
      for (int c = 0; c < channels; c++) {
        out[sink + c] = channel(taps, from, sound, first + c);
      }
    }
  }

  private void blend(int from, float beyond) {
    float[] taps = rows;
    int next = from + length;
    for (int k = 0; k < length; k++) {
      blended[k] = taps[from + k] + beyond * (taps[next + k] - taps[from + k]);
    }
  }

  /** Two frames at a time, in sums of their own: the processor works on them side by side. */
  private void stereo(int from, float[] sound, int first, float[] out, int sink) {
    float[] taps = rows;
    float left0 = 0;
    float right0 = 0;
    float left1 = 0;
    float right1 = 0;
    int end = from + length;
    for (int k = from, i = first; k < end; k += 2, i += 4) {
      float tap0 = taps[k];
      float tap1 = taps[k + 1];
      left0 += tap0 * sound[i];
      right0 += tap0 * sound[i + 1];
      left1 += tap1 * sound[i + 2];
      right1 += tap1 * sound[i + 3];
    }
    out[sink] = left0 + left1;
    out[sink + 1] = right0 + right1;
  }

  /**
   * The same with the taps of a place between two rows, made on the way. Adds in the order of
   * {@link #twoBetween}, so that it does not matter which of them made a frame.
   */
  private void stereoBetween(
      int from, float beyond, float[] sound, int first, float[] out, int sink) {
    float[] taps = rows;
    float left = 0;
    float right = 0;
    int end = from + length;
    for (int k = from, n = end, i = first; k < end; k++, n++, i += 2) {
      float tap = taps[k] + beyond * (taps[n] - taps[k]);
      left += tap * sound[i];
      right += tap * sound[i + 1];
    }
    out[sink] = left;
    out[sink + 1] = right;
  }

  /**
   * Two frames that lie between the same two rows, one input frame apart: each tap and each sample
   * is loaded once for both. What every player that follows a clock spends most of its time on,
   * often with Java's quick compiler only.
   */
  void twoBetween(
      int row, float beyond0, float beyond1, float[] sound, int first, float[] out, int sink) {
    float[] taps = rows;
    int from = row * length;
    int end = from + length;
    float left0 = 0;
    float right0 = 0;
    float left1 = 0;
    float right1 = 0;
    float left = sound[first];
    float right = sound[first + 1];
    for (int k = from, n = end, i = first + 2; k < end; k++, n++, i += 2) {
      float tap = taps[k];
      float slope = taps[n] - tap;
      float tap0 = tap + beyond0 * slope;
      float tap1 = tap + beyond1 * slope;
      left0 += tap0 * left;
      right0 += tap0 * right;
      left = sound[i];
      right = sound[i + 1];
      left1 += tap1 * left;
      right1 += tap1 * right;
    }
    out[sink] = left0;
    out[sink + 1] = right0;
    out[sink + 2] = left1;
    out[sink + 3] = right1;
  }

  private float channel(float[] taps, int from, float[] sound, int first) {
    float even = 0;
    float odd = 0;
    for (int k = 0, i = first; k < length; k += 2, i += 2 * channels) {
      even += taps[from + k] * sound[i];
      odd += taps[from + k + 1] * sound[i + channels];
    }
    return even + odd;
  }
}
