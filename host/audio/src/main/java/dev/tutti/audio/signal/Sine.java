package dev.tutti.audio.signal;

/**
 * A pure tone, alike on all channels.
 *
 * @param hz frequency, below half the rate
 * @param amplitude linear
 * @param rate frames per second
 * @param phase at frame 0, in radians
 */
public record Sine(double hz, double amplitude, int rate, double phase) implements Signal {
  public Sine {
    if (!(hz >= 0 && hz < rate / 2.0)) {
      throw new IllegalArgumentException(
          "a tone needs 0 to " + rate / 2 + " Hz at this rate, not " + hz);
    }
  }

  public Sine(double hz, double amplitude, int rate) {
    this(hz, amplitude, rate, 0);
  }

  @Override
  public float sample(long frame, int channel) {
    // Whole turns are taken off first: as precise after a year as in the first second.
    long seconds = frame / rate;
    double turns = hz * (frame % rate) / rate + (hz % 1) * seconds % 1;
    return (float) (amplitude * Math.sin(2 * Math.PI * turns + phase));
  }

  @Override
  public void fill(float[] out, int offset, int frames, int channels, long firstFrame) {
    for (int f = 0; f < frames; f++) {
      int at = (offset + f) * channels;
      java.util.Arrays.fill(out, at, at + channels, sample(firstFrame + f, 0));
    }
  }
}
