package dev.tutti.audio.dsp;

/**
 * A gain that changes without a click: each change is ramped over a fixed time. At unity it leaves
 * samples as they are. Used by one thread; {@link #apply} does not allocate.
 */
public final class GainRamp {
  private final int rampFrames;
  private double from;
  private double target;
  private int done;

  /**
   * @param rampFrames frames a change takes; 20 ms are enough
   * @param gain linear, at the start
   */
  public GainRamp(int rampFrames, double gain) {
    this.rampFrames = Math.max(1, rampFrames);
    this.from = gain;
    this.target = gain;
    this.done = this.rampFrames;
  }

  /** Decibels as a linear gain; −∞ is 0. */
  public static double ofDb(double gainDb) {
    return Math.pow(10, gainDb / 20);
  }

  /** Goes to another linear gain, starting with the next frame, from whatever the gain is now. */
  public void target(double gain) {
    if (gain != target) {
      from = current();
      target = gain;
      done = 0;
    }
  }

  /** Sets the gain at once: for a new sound that has not begun. */
  public void jump(double gain) {
    target = gain;
    done = rampFrames;
  }

  /** The gain of the next frame. */
  public double current() {
    if (done >= rampFrames) {
      return target;
    }
    double t = (double) done / rampFrames;
    return from + (target - from) * t * t * (3 - 2 * t);
  }

  /**
   * Applies the gain.
   *
   * @param samples interleaved, changed in place
   * @param offset first frame
   * @return false if the samples were left as they were (unity), so that their exactBits still hold
   */
  public boolean apply(float[] samples, int offset, int frames, int channels) {
    int i = 0;
    for (; i < frames && done < rampFrames; i++, done++) {
      multiply(samples, (offset + i) * channels, channels, (float) current());
    }
    if (target == 1) {
      return i > 0;
    }
    multiply(samples, (offset + i) * channels, (frames - i) * channels, (float) target);
    return true;
  }

  private static void multiply(float[] samples, int at, int count, float gain) {
    for (int i = at; i < at + count; i++) {
      samples[i] *= gain;
    }
  }
}
