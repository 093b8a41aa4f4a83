package dev.tutti.audio.signal;

/**
 * A sequence of 16-bit samples in which every frame tells its own number: for finding lost and
 * doubled frames, not for ears. The first channel counts in steps of one 16-bit value, the others
 * hold the higher bits; mono repeats after 65536 frames, stereo after 2^32. Exact in 16 bits.
 */
public record Ramp() implements Signal {
  @Override
  public float sample(long frame, int channel) {
    return (short) (frame >>> Math.min(48, 16 * channel)) / 32768f;
  }

  /** The number of a frame, modulo what its channels can tell. */
  public long frameOf(float[] samples, int frame, int channels) {
    long number = 0;
    for (int c = Math.min(4, channels) - 1; c >= 0; c--) {
      number = number << 16 | ((int) (samples[frame * channels + c] * 32768) & 0xffff);
    }
    return number;
  }
}
