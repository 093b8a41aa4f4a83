package dev.tutti.api.audio;

/**
 * A run of frames that somebody fills: interleaved floats, full scale ±1. Not thread-safe; the
 * caller of {@link OnDemandSource#read} or {@link AudioWriter#write} owns it before and after the
 * call.
 */
public final class AudioBlock {
  private final int channels;
  private final int capacity;
  private final float[] samples;
  private int frames;
  private int exactBits;

  /**
   * @param channels samples per frame
   * @param capacity frames it can hold
   */
  public AudioBlock(int channels, int capacity) {
    this.channels = channels;
    this.capacity = capacity;
    this.samples = new float[channels * capacity];
  }

  public int channels() {
    return channels;
  }

  /** Frames it can hold. */
  public int capacity() {
    return capacity;
  }

  /** Frames filled so far. */
  public int frames() {
    return frames;
  }

  /** Frames still free. */
  public int free() {
    return capacity - frames;
  }

  /** The samples themselves, interleaved; valid up to {@code frames() * channels()}. */
  public float[] samples() {
    return samples;
  }

  /** Sets how many frames are filled. */
  public AudioBlock frames(int frames) {
    if (frames < 0 || frames > capacity) {
      throw new IllegalArgumentException(frames + " frames do not fit into " + capacity);
    }
    this.frames = frames;
    return this;
  }

  /** Empties it, and forgets {@link #exactBits}. */
  public AudioBlock clear() {
    frames = 0;
    exactBits = 0;
    return this;
  }

  /**
   * Appends one stereo frame; for mono blocks the mean, for more channels silence in the others.
   */
  public AudioBlock add(float left, float right) {
    int at = frames * channels;
    if (channels == 1) {
      samples[at] = (left + right) / 2;
    } else {
      samples[at] = left;
      samples[at + 1] = right;
      for (int c = 2; c < channels; c++) {
        samples[at + c] = 0;
      }
    }
    frames++;
    return this;
  }

  /**
   * How many bits hold every sample exactly: 16 for unprocessed 16-bit audio, so that it leaves the
   * house bit by bit as it came, and for silence; 0 (the default) for anything computed, which is
   * dithered when it has to go to 16 bit.
   */
  public int exactBits() {
    return exactBits;
  }

  public AudioBlock exactBits(int bits) {
    exactBits = bits;
    return this;
  }
}
