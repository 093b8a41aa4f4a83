package dev.tutti.audio.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A step that the sound around it does not explain: a splice, a lost frame, a cut.
 *
 * @param frame where
 * @param channel in which channel
 * @param size how far the sample lies from where it should: full scale is 1
 */
public record Click(long frame, int channel, double size) {
  /** Below this (−54 dBFS) a step counts as inaudible. */
  public static final double AUDIBLE = 0.002;

  /** How far around a suspect the sound is looked at: longer than the period of a low voice. */
  private static final int AROUND = 640;

  /** A spike is no longer than this; a struck drum is. */
  private static final int SPIKE = LinearPrediction.ORDER + 8;

  /** How much a click exceeds the largest error on its calmer side. */
  private static final double OVER_LARGEST = 2.2;

  /** How much a click exceeds the usual error (median) on its other side. */
  private static final double OVER_USUAL = 16;

  /**
   * Finds clicks of audible size. Music, drums, voices and noise pass: what counts is a single
   * error of prediction that stands out from those before and behind it. The first and last 640
   * frames are not judged.
   *
   * @param samples interleaved
   */
  public static List<Click> find(float[] samples, int channels) {
    return find(samples, channels, AUDIBLE);
  }

  /**
   * Finds clicks.
   *
   * @param minSize smaller ones pass; full scale is 1
   */
  public static List<Click> find(float[] samples, int channels, double minSize) {
    List<Click> clicks = new ArrayList<>();
    LinearPrediction prediction = new LinearPrediction();
    float[] mono = new float[samples.length / channels];
    for (int c = 0; c < channels; c++) {
      for (int f = 0; f < mono.length; f++) {
        mono[f] = samples[f * channels + c];
      }
      findIn(prediction.errors(mono), c, minSize, clicks);
    }
    return clicks;
  }

  private static void findIn(float[] errors, int channel, double minSize, List<Click> clicks) {
    for (int n = 0; n < errors.length; n++) {
      if (errors[n] >= minSize && largestNearby(errors, n) && standsOut(errors, n)) {
        clicks.add(new Click(n, channel, errors[n]));
      }
    }
  }

  private static boolean largestNearby(float[] errors, int n) {
    int end = Math.min(errors.length, n + SPIKE);
    for (int i = Math.max(0, n - SPIKE); i < end; i++) {
      if (errors[i] > errors[n] || (errors[i] == errors[n] && i < n)) {
        return false;
      }
    }
    return true;
  }

  /**
   * One side has nothing like it, and on the other it is rare. So the first beat of a drum is no
   * click (the drum goes on), but both ends of a short hole are (each sees the other one).
   */
  private static boolean standsOut(float[] errors, int n) {
    if (n < AROUND || n + AROUND > errors.length) {
      return false;
    }
    float[] before = sorted(errors, n - AROUND, n - SPIKE);
    float[] behind = sorted(errors, n + SPIKE, n + AROUND);
    float error = errors[n];
    return (exceedsLargest(error, before) && exceedsUsual(error, behind))
        || (exceedsLargest(error, behind) && exceedsUsual(error, before));
  }

  private static boolean exceedsLargest(float error, float[] sortedSide) {
    return error > OVER_LARGEST * sortedSide[sortedSide.length - 1];
  }

  private static boolean exceedsUsual(float error, float[] sortedSide) {
    return error > OVER_USUAL * sortedSide[sortedSide.length / 2];
  }

  private static float[] sorted(float[] errors, int from, int to) {
    float[] side = Arrays.copyOfRange(errors, from, to);
    Arrays.sort(side);
    return side;
  }
}
