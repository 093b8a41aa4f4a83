package dev.tutti.audio.dsp;

import dev.tutti.api.audio.EqBand;
import java.util.List;

/**
 * A parametric equaliser: bands one after the other, each channel with a state of its own, computed
 * in double precision. Used by one thread; {@link #apply} does not allocate.
 */
public final class Equalizer {
  /** Below this a state is silence; denormal numbers would cost time. */
  private static final double SILENT = 1e-30;

  private final Biquad[] bands;
  private final int channels;

  /** Two numbers per band and channel, of the transposed direct form II. */
  private final double[] state;

  /**
   * @param bands in order
   * @param rate frames per second
   * @param channels samples per frame
   */
  public Equalizer(List<EqBand> bands, int rate, int channels) {
    this.bands = bands.stream().map(band -> Biquad.of(band, rate)).toArray(Biquad[]::new);
    this.channels = channels;
    this.state = new double[2 * this.bands.length * channels];
  }

  /** Whether there is nothing to do. */
  public boolean flat() {
    return bands.length == 0;
  }

  /** Forgets what it heard: for sound that does not follow. */
  public void reset() {
    java.util.Arrays.fill(state, 0);
  }

  /**
   * Filters frames in place.
   *
   * @param samples interleaved, from the start of the array
   */
  public void apply(float[] samples, int frames) {
    for (int b = 0; b < bands.length; b++) {
      for (int c = 0; c < channels; c++) {
        band(bands[b], samples, frames, c, 2 * (b * channels + c));
      }
    }
  }

  private void band(Biquad f, float[] samples, int frames, int channel, int at) {
    double s1 = state[at];
    double s2 = state[at + 1];
    int end = frames * channels;
    for (int i = channel; i < end; i += channels) {
      double in = samples[i];
      double out = f.b0() * in + s1;
      s1 = f.b1() * in - f.a1() * out + s2;
      s2 = f.b2() * in - f.a2() * out;
      samples[i] = (float) out;
    }
    state[at] = Math.abs(s1) < SILENT ? 0 : s1;
    state[at + 1] = Math.abs(s2) < SILENT ? 0 : s2;
  }
}
