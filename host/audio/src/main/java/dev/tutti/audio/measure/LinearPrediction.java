package dev.tutti.audio.measure;

/**
 * Predicts each sample from those before it and gives what was not predictable: close to nothing
 * for tones and chords, the noise itself for noise, a spike for a step.
 */
final class LinearPrediction {
  static final int ORDER = 32;
  private static final int HOP = 1024;
  private static final int WINDOW = 4096;

  /** Noise assumed in every sound, relative to its power: keeps the equations solvable. */
  private static final double FLOOR = 1e-9;

  private final double[] window = new double[WINDOW];
  private final double[] windowed = new double[WINDOW];
  private final double[] correlation = new double[ORDER + 1];
  private final double[] predictor = new double[ORDER + 1];
  private final double[] previous = new double[ORDER + 1];

  LinearPrediction() {
    for (int i = 0; i < WINDOW; i++) {
      window[i] = 0.5 - 0.5 * Math.cos(2 * Math.PI * (i + 0.5) / WINDOW);
    }
  }

  /** The magnitude of the error of each sample; 0 for the first {@link #ORDER}. */
  float[] errors(float[] mono) {
    float[] errors = new float[mono.length];
    for (int at = 0; at < mono.length; at += HOP) {
      if (!fit(mono, at + HOP / 2 - WINDOW / 2)) {
        continue;
      }
      int end = Math.min(mono.length, at + HOP);
      for (int n = Math.max(ORDER, at); n < end; n++) {
        double error = mono[n];
        for (int k = 1; k <= ORDER; k++) {
          error += predictor[k] * mono[n - k];
        }
        errors[n] = (float) Math.abs(error);
      }
    }
    return errors;
  }

  /** Fits the predictor to a window; false if it is silent. */
  private boolean fit(float[] mono, int start) {
    for (int i = 0; i < WINDOW; i++) {
      int at = start + i;
      windowed[i] = at < 0 || at >= mono.length ? 0 : mono[at] * window[i];
    }
    for (int lag = 0; lag <= ORDER; lag++) {
      double sum = 0;
      for (int i = lag; i < WINDOW; i++) {
        sum += windowed[i] * windowed[i - lag];
      }
      correlation[lag] = sum;
    }
    if (correlation[0] == 0) {
      return false;
    }
    solve(correlation[0] * (1 + FLOOR));
    return true;
  }

  /** Levinson's recursion. */
  private void solve(double power) {
    java.util.Arrays.fill(predictor, 0);
    predictor[0] = 1;
    double error = power;
    for (int m = 1; m <= ORDER; m++) {
      double sum = correlation[m];
      for (int k = 1; k < m; k++) {
        sum += predictor[k] * correlation[m - k];
      }
      double reflection = -sum / error;
      System.arraycopy(predictor, 0, previous, 0, m);
      for (int k = 1; k < m; k++) {
        predictor[k] += reflection * previous[m - k];
      }
      predictor[m] = reflection;
      error *= 1 - reflection * reflection;
    }
  }
}
