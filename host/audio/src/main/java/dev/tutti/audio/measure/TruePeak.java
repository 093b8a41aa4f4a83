package dev.tutti.audio.measure;

/**
 * The peak of the waveform between the samples, after ITU-R BS.1770 annex 2: four times oversampled
 * (twice from 88.2 kHz on, not at all from 176.4 kHz on).
 */
final class TruePeak {
  /** Input samples each value between two of them is computed from. */
  private static final int TAPS = 24;

  private static final double KAISER_BETA = 5;
  private static final int ROOM = 4096;

  private final int factor;
  private final float[][] phases;

  /** Per channel the last samples, then new ones. */
  private final float[][] history;

  private float peak;

  TruePeak(int rate, int channels) {
    factor = rate >= 176_400 ? 1 : rate >= 88_200 ? 2 : 4;
    phases = new float[factor][TAPS];
    for (int p = 1; p < factor; p++) {
      for (int k = 0; k < TAPS; k++) {
        double x = k - (TAPS / 2 - 1) - (double) p / factor;
        phases[p][k] = (float) (Math.sin(Math.PI * x) / (Math.PI * x) * window(x / (TAPS / 2.0)));
      }
    }
    history = new float[channels][TAPS + ROOM];
  }

  /** The highest so far, linear. */
  float peak() {
    return peak;
  }

  void add(float[] samples, int offset, int frames, int channels) {
    for (int at = 0; at < frames; at += ROOM) {
      int piece = Math.min(ROOM, frames - at);
      for (int c = 0; c < channels; c++) {
        channel(history[c], samples, (offset + at) * channels + c, channels, piece);
      }
    }
  }

  private void channel(float[] line, float[] samples, int first, int stride, int frames) {
    float highest = peak;
    for (int i = 0, at = first; i < frames; i++, at += stride) {
      line[TAPS + i] = samples[at];
      highest = Math.max(highest, Math.abs(samples[at]));
    }
    for (int p = 1; p < factor; p++) {
      float[] taps = phases[p];
      for (int i = 1; i <= frames; i++) {
        float even = 0;
        float odd = 0;
        for (int k = 0; k < TAPS; k += 2) {
          even += taps[k] * line[i + k];
          odd += taps[k + 1] * line[i + k + 1];
        }
        highest = Math.max(highest, Math.abs(even + odd));
      }
    }
    System.arraycopy(line, frames, line, 0, TAPS);
    peak = highest;
  }

  private static double window(double x) {
    return bessel(KAISER_BETA * Math.sqrt(Math.max(0, 1 - x * x))) / bessel(KAISER_BETA);
  }

  private static double bessel(double x) {
    double sum = 1;
    double term = 1;
    for (int k = 1; term > 1e-12; k++) {
      term *= (x / 2 / k) * (x / 2 / k);
      sum += term;
    }
    return sum;
  }
}
