package dev.tutti.audio.measure;

/**
 * How two recordings of one sound lie to each other.
 *
 * @param offsetFrames how much later the second one is, in frames and parts of them; negative if
 *     earlier
 * @param similarity 1 for equal but for volume, 0 for unrelated, −1 for turned upside down
 */
public record Correlation(double offsetFrames, double similarity) {
  /** Values of the correlation the maximum between two of them is computed from, each side. */
  private static final int NEIGHBOURS = 24;

  /**
   * Finds the offset with the largest correlation.
   *
   * @param first one channel
   * @param second one channel at the same rate
   * @param maxOffsetFrames how far to look in both directions
   */
  public static Correlation of(float[] first, float[] second, int maxOffsetFrames) {
    double[] lags = correlate(first, second, maxOffsetFrames + NEIGHBOURS);
    int centre = maxOffsetFrames + NEIGHBOURS;
    int best = centre;
    for (int i = NEIGHBOURS; i < lags.length - NEIGHBOURS; i++) {
      if (lags[i] > lags[best]) {
        best = i;
      }
    }
    return new Correlation(peakNear(lags, best) - centre, similarity(first, second, best - centre));
  }

  /** The correlation at offsets from −reach to reach, in pieces that fit one transform. */
  private static double[] correlate(float[] first, float[] second, int reach) {
    int piece = Math.max(4 * reach, 4096);
    Fft fft = new Fft(Fft.sizeFor(piece + 2 * reach));
    double[] re = new double[fft.size()];
    double[] im = new double[fft.size()];
    double[] sumRe = new double[fft.size()];
    double[] sumIm = new double[fft.size()];
    for (int at = 0; at < first.length; at += piece) {
      // Both at once: one in the real, one in the imaginary part.
      load(first, at, piece, re);
      load(second, at - reach, piece + 2 * reach, im);
      fft.forward(re, im);
      addCrossSpectrum(re, im, sumRe, sumIm);
    }
    fft.inverse(sumRe, sumIm);
    return java.util.Arrays.copyOf(sumRe, 2 * reach + 1);
  }

  private static void load(float[] sound, int from, int count, double[] into) {
    for (int i = 0; i < into.length; i++) {
      int at = from + i;
      into[i] = i < count && at >= 0 && at < sound.length ? sound[at] : 0;
    }
  }

  /** Adds conj(A) · B, with A and B taken apart from the transform of a + i·b. */
  private static void addCrossSpectrum(double[] re, double[] im, double[] sumRe, double[] sumIm) {
    int size = re.length;
    for (int k = 0; k < size; k++) {
      int m = (size - k) % size;
      double aRe = (re[k] + re[m]) / 2;
      double aIm = (im[k] - im[m]) / 2;
      double bRe = (im[k] + im[m]) / 2;
      double bIm = (re[m] - re[k]) / 2;
      sumRe[k] += aRe * bRe + aIm * bIm;
      sumIm[k] += aRe * bIm - aIm * bRe;
    }
  }

  /** The place of the maximum of the band-limited curve through the values around an index. */
  private static double peakNear(double[] lags, int index) {
    double low = index - 1;
    double high = index + 1;
    for (int i = 0; i < 60; i++) {
      double third = (high - low) / 3;
      if (between(lags, low + third) < between(lags, high - third)) {
        low += third;
      } else {
        high -= third;
      }
    }
    return (low + high) / 2;
  }

  private static double between(double[] lags, double place) {
    int nearest = (int) Math.rint(place);
    double sum = 0;
    int end = Math.min(lags.length - 1, nearest + NEIGHBOURS);
    for (int i = Math.max(0, nearest - NEIGHBOURS); i <= end; i++) {
      double x = place - i;
      double window = Math.cos(Math.PI / 2 * x / (NEIGHBOURS + 1));
      sum += lags[i] * window * window * (x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x));
    }
    return sum;
  }

  private static double similarity(float[] first, float[] second, int offset) {
    double product = 0;
    double firstPower = 0;
    double secondPower = 0;
    int end = Math.min(first.length, second.length - offset);
    for (int i = Math.max(0, -offset); i < end; i++) {
      product += (double) first[i] * second[i + offset];
      firstPower += (double) first[i] * first[i];
      secondPower += (double) second[i + offset] * second[i + offset];
    }
    double scale = Math.sqrt(firstPower * secondPower);
    return scale == 0 ? 0 : product / scale;
  }
}
