package dev.tutti.api.audio;

/**
 * A short piece of sound in memory. Immutable as long as nobody writes to its samples: it is shared
 * without a copy. Compared by identity.
 */
public final class AudioClip {
  private final int rate;
  private final int channels;
  private final float[] samples;

  /**
   * @param rate frames per second
   * @param channels samples per frame
   * @param samples interleaved, full scale ±1; the clip's from now on
   */
  public AudioClip(int rate, int channels, float[] samples) {
    if (rate < 8000 || rate > 384_000 || channels < 1 || channels > 8) {
      throw new IllegalArgumentException(rate + " Hz with " + channels + " channels");
    }
    if (samples.length % channels != 0) {
      throw new IllegalArgumentException(samples.length + " samples of " + channels + " channels");
    }
    this.rate = rate;
    this.channels = channels;
    this.samples = samples;
  }

  public int rate() {
    return rate;
  }

  public int channels() {
    return channels;
  }

  /** The samples themselves: not to be changed. */
  public float[] samples() {
    return samples;
  }

  public int frames() {
    return samples.length / channels;
  }

  /** How long it sounds. */
  public long micros() {
    return frames() * 1_000_000L / rate;
  }
}
