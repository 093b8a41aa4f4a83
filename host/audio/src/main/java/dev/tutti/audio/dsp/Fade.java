package dev.tutti.audio.dsp;

/**
 * How one sound goes over into another: a plan, applied from any place within, in pieces of any
 * size, with the same result. A value; any thread; does not allocate.
 *
 * @param frames its length, 0 for a hard cut
 * @param curve its shape
 */
public record Fade(int frames, Curve curve) {
  /** A hard cut. */
  public static final Fade NONE = new Fade(0, Curve.EQUAL_POWER);

  /** The shape of a fade. Both start and end without a corner, so that even 5 ms do not click. */
  public enum Curve {
    /** Keeps the power of two unrelated sounds: for track changes, skips, sources. */
    EQUAL_POWER,
    /** Keeps the amplitude of two equal sounds: for a splice within one sound. */
    EQUAL_GAIN
  }

  public Fade {
    if (frames < 0) {
      throw new IllegalArgumentException("a fade cannot take " + frames + " frames");
    }
  }

  /** A fade of so many milliseconds, rounded to frames. */
  public static Fade ofMillis(double ms, int rate, Curve curve) {
    return new Fade((int) Math.round(ms * rate / 1000), curve);
  }

  /** The gain of what comes, 0 before the fade, 1 after it. */
  public double in(long frame) {
    if (frame < 0 || frame >= frames) {
      return frame < 0 ? 0 : 1;
    }
    double t = (frame + 0.5) / frames;
    double eased = t * t * (3 - 2 * t);
    return switch (curve) {
      case EQUAL_POWER -> Math.sin(Math.PI / 2 * eased);
      case EQUAL_GAIN -> eased;
    };
  }

  /** The gain of what goes, 1 before the fade, 0 after it. */
  public double out(long frame) {
    return in(frames - 1L - frame);
  }

  /**
   * Lets a sound come in.
   *
   * @param samples interleaved, changed in place
   * @param offset of the first frame to change, in frames
   * @param count frames to change
   * @param position where in the fade the first of them lies; may be negative or beyond the end
   */
  public void fadeIn(float[] samples, int offset, int count, int channels, long position) {
    for (int i = 0; i < count && position + i < frames; i++) {
      scale(samples, (offset + i) * channels, channels, (float) in(position + i));
    }
  }

  /** Lets a sound go out; parameters as for {@link #fadeIn}. */
  public void fadeOut(float[] samples, int offset, int count, int channels, long position) {
    for (int i = Math.clamp(-position, 0, count); i < count; i++) {
      scale(samples, (offset + i) * channels, channels, (float) out(position + i));
    }
  }

  /**
   * Crosses from one sound to another, in place of the other.
   *
   * @param from what goes, interleaved
   * @param fromOffset its first frame
   * @param to what comes; receives the result
   * @param toOffset its first frame
   * @param count frames to cross
   * @param position where in the fade the first of them lies
   */
  public void cross(
      float[] from,
      int fromOffset,
      float[] to,
      int toOffset,
      int count,
      int channels,
      long position) {
    for (int i = 0; i < count && position + i < frames; i++) {
      float in = (float) in(position + i);
      float out = (float) out(position + i);
      int f = (fromOffset + i) * channels;
      int t = (toOffset + i) * channels;
      for (int c = 0; c < channels; c++) {
        to[t + c] = in * to[t + c] + out * from[f + c];
      }
    }
  }

  private static void scale(float[] samples, int at, int channels, float gain) {
    for (int c = 0; c < channels; c++) {
      samples[at + c] *= gain;
    }
  }
}
