package dev.tutti.audio.dsp;

import java.util.Arrays;

/**
 * Lets sound out a fixed number of frames later. Used by one thread; {@link #apply} does not
 * allocate.
 */
public final class DelayLine {
  private final float[] ring;
  private int at;

  /**
   * @param frames how much later, 0 for not at all
   * @param channels samples per frame
   */
  public DelayLine(int frames, int channels) {
    ring = new float[frames * channels];
  }

  /** Whether there is nothing to do. */
  public boolean none() {
    return ring.length == 0;
  }

  /** Forgets what is inside. */
  public void reset() {
    Arrays.fill(ring, 0);
  }

  /** Exchanges frames for those of some time ago, in place. */
  public void apply(float[] samples, int frames, int channels) {
    if (none()) {
      return;
    }
    for (int i = 0; i < frames * channels; i++) {
      float old = ring[at];
      ring[at] = samples[i];
      samples[i] = old;
      at = at + 1 == ring.length ? 0 : at + 1;
    }
  }
}
