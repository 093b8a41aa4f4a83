package dev.tutti.audio.signal;

/**
 * A tone that glides up, as much in each second as in the one before (in octaves), and starts
 * again.
 *
 * @param fromHz at the start, above 0
 * @param toHz at the end, below half the rate
 * @param frames of one sweep
 * @param amplitude linear
 * @param rate frames per second
 */
public record Sweep(double fromHz, double toHz, int frames, double amplitude, int rate)
    implements Signal {
  public Sweep {
    if (!(fromHz > 0 && toHz > fromHz && toHz < rate / 2.0) || frames < 1) {
      throw new IllegalArgumentException(
          "a sweep goes up between 0 and " + rate / 2 + " Hz, not from " + fromHz + " to " + toHz);
    }
  }

  @Override
  public float sample(long frame, int channel) {
    double octaves = Math.log(toHz / fromHz);
    double part = (double) (frame % frames) / frames;
    double turns = fromHz * frames / rate / octaves * Math.expm1(octaves * part);
    return (float) (amplitude * Math.sin(2 * Math.PI * (turns % 1)));
  }
}
