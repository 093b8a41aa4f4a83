package dev.tutti.player.playout;

import java.util.Arrays;

/**
 * Where the wave of a sound is, so that what follows can begin there: it slides over, or rises from
 * silence and falls to it, and never jumps. For the playing thread; allocates nothing.
 */
final class Wave {
  private static final int SLIDE_MS = 5;

  private final int channels;
  private final float[] last;

  /** How the wave moved when it was at {@link #last}. */
  private final float[] slope;

  /** How far the wave was from where it was to be when it began to slide. */
  private final float[] step;

  /** How many frames ago that was; of more than it takes to slide nothing is left. */
  private int slid = Integer.MAX_VALUE;

  Wave(int channels) {
    this.channels = channels;
    this.step = new float[channels];
    this.last = new float[channels];
    this.slope = new float[channels];
  }

  /** How many frames it takes to slide. */
  static int frames(int rate) {
    return rate * SLIDE_MS / 1000;
  }

  /** It was fed up to before a frame. */
  void wasAt(float[] samples, int frame) {
    for (int c = 0; c < channels; c++) {
      last[c] = samples[(frame - 1) * channels + c];
      slope[c] = frame > 1 ? last[c] - samples[(frame - 2) * channels + c] : 0;
    }
  }

  /** It is where it would be one frame on. */
  void moveOn() {
    for (int c = 0; c < channels; c++) {
      last[c] += slope[c];
    }
  }

  void rest() {
    Arrays.fill(last, 0);
    slid = Integer.MAX_VALUE;
  }

  /**
   * Begins where the wave was and slides over to where it is to be; {@link #slideOn} with what
   * follows.
   */
  void slide(float[] samples, int frame, int available, int rate) {
    for (int c = 0; c < channels; c++) {
      step[c] = last[c] - samples[frame * channels + c];
    }
    slid = 0;
    slideOn(samples, frame, available, rate);
  }

  /** Goes on sliding, if there was too little to slide in. */
  void slideOn(float[] samples, int frame, int available, int rate) {
    int frames = frames(rate);
    int count = Math.clamp((long) frames - slid, 0, available);
    for (int i = 0; i < count; i++) {
      double t = (double) (slid + i) / frames;
      float left = (float) (1 - t * t * (3 - 2 * t));
      for (int c = 0; c < channels; c++) {
        samples[(frame + i) * channels + c] += step[c] * left;
      }
    }
    slid += count;
  }

  /**
   * Fades sound.
   *
   * @param in whether it begins, else it ends
   */
  void fade(float[] samples, int frame, int available, int rate, boolean in) {
    int frames = Math.min(available, frames(rate));
    for (int i = 0; i < frames; i++) {
      double t = (i + 0.5) / frames;
      double s = in ? t : 1 - t;
      float gain = (float) (s * s * (3 - 2 * s));
      for (int c = 0; c < channels; c++) {
        samples[(frame + i) * channels + c] *= gain;
      }
    }
  }
}
