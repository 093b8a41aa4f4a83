package dev.tutti.audio.measure;

/**
 * The fast Fourier transform of a fixed size, complex, in place. Not thread-safe only in that it
 * changes the arrays it is given.
 */
public final class Fft {
  private final int size;
  private final double[] cos;
  private final double[] sin;

  /**
   * @param size a power of two
   */
  public Fft(int size) {
    if (size < 2 || Integer.bitCount(size) != 1) {
      throw new IllegalArgumentException("size must be a power of two, not " + size);
    }
    this.size = size;
    cos = new double[size / 2];
    sin = new double[size / 2];
    for (int i = 0; i < size / 2; i++) {
      cos[i] = Math.cos(2 * Math.PI * i / size);
      sin[i] = Math.sin(2 * Math.PI * i / size);
    }
  }

  /** The size that holds so many values. */
  public static int sizeFor(int values) {
    return Math.max(2, Integer.highestOneBit(Math.max(1, values - 1)) << 1);
  }

  public int size() {
    return size;
  }

  /** Time to frequency. */
  public void forward(double[] re, double[] im) {
    reorder(re, im);
    for (int half = 1; half < size; half *= 2) {
      int stride = size / (2 * half);
      for (int start = 0; start < size; start += 2 * half) {
        for (int k = 0; k < half; k++) {
          int upper = start + k;
          int lower = upper + half;
          double c = cos[k * stride];
          double s = sin[k * stride];
          double x = re[lower] * c + im[lower] * s;
          double y = im[lower] * c - re[lower] * s;
          re[lower] = re[upper] - x;
          im[lower] = im[upper] - y;
          re[upper] += x;
          im[upper] += y;
        }
      }
    }
  }

  /** Frequency to time; back from {@link #forward}, scaled. */
  public void inverse(double[] re, double[] im) {
    forward(im, re);
    for (int i = 0; i < size; i++) {
      re[i] /= size;
      im[i] /= size;
    }
  }

  private void reorder(double[] re, double[] im) {
    int shift = 32 - Integer.numberOfTrailingZeros(size);
    for (int i = 0; i < size; i++) {
      int j = Integer.reverse(i) >>> shift;
      if (j > i) {
        double r = re[i];
        re[i] = re[j];
        re[j] = r;
        double m = im[i];
        im[i] = im[j];
        im[j] = m;
      }
    }
  }
}
