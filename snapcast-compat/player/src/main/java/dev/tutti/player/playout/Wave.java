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

  Wave(int channels) {
    this.channels = channels;
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
  }

  /** Begins where the wave was and slides over to where it is to be. */
  void slide(float[] samples, int frame, int available, int rate) {
    int frames = frames(rate);
    for (int c = 0; c < channels; c++) {
      float step = last[c] - samples[frame * channels + c];
      for (int i = 0; i < Math.min(frames, available); i++) {
        double t = (double) i / frames;
        samples[(frame + i) * channels + c] += step * (float) (1 - t * t * (3 - 2 * t));
      }
    }
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
