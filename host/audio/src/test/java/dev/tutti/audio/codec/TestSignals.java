package dev.tutti.audio.codec;

import java.util.Random;

/** Signals to code: interleaved floats that a bit depth holds exactly. */
public final class TestSignals {
  private TestSignals() {}

  /** Two tones with a little noise, different in each channel, as music would be. */
  public static float[] music(int frames, int channels, int bits, int rate) {
    Random random = new Random(frames * 31L + channels);
    float[] samples = new float[frames * channels];
    for (int i = 0; i < frames; i++) {
      for (int c = 0; c < channels; c++) {
        double t = (double) i / rate;
        double value =
            0.4 * Math.sin(2 * Math.PI * (220 + 7 * c) * t)
                + 0.2 * Math.sin(2 * Math.PI * 1760 * t + c)
                + 0.01 * (random.nextDouble() - 0.5);
        samples[i * channels + c] = onGrid(value, bits);
      }
    }
    return samples;
  }

  /** White noise up to full scale. */
  public static float[] noise(int frames, int channels, int bits) {
    Random random = new Random(frames);
    float[] samples = new float[frames * channels];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = onGrid(random.nextDouble() * 2 - 1, bits);
    }
    return samples;
  }

  /** Jumps between the two ends of the scale. */
  public static float[] square(int frames, int channels, int bits) {
    float[] samples = new float[frames * channels];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = i / (7 * channels) % 2 == 0 ? -1 : onGrid(1, bits);
    }
    return samples;
  }

  private static float onGrid(double value, int bits) {
    double scale = Math.scalb(1.0, bits - 1);
    // Adding 0 makes of −0 what a decoder gives.
    return (float) (Math.min(scale - 1, Math.rint(value * scale)) / scale) + 0f;
  }

  /** The whole numbers that such samples stand for. */
  public static int[] numbers(float[] samples, int bits) {
    int[] numbers = new int[samples.length];
    for (int i = 0; i < samples.length; i++) {
      numbers[i] = (int) Math.rint(samples[i] * Math.scalb(1.0, bits - 1));
    }
    return numbers;
  }

  /** How alike two signals are, 1 for the same shape; over the shorter length. */
  public static double correlation(float[] a, float[] b) {
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < Math.min(a.length, b.length); i++) {
      ab += a[i] * (double) b[i];
      aa += a[i] * (double) a[i];
      bb += b[i] * (double) b[i];
    }
    return ab / Math.sqrt(aa * bb + 1e-30);
  }
}
