package dev.tutti.player.lab;

import dev.tutti.audio.dsp.PcmReader;

/**
 * Listens to what a device is handed: looks for silence and steps in it, frame by frame, and tells
 * how loud each of two tones is, and how far from where it is to be. For one thread.
 */
final class Ear {
  private static final int RATE = LabServer.FORMAT.rate();

  /** What dither makes of silence that somebody computed. */
  private static final float SILENCE = 3.5f / 32_768;

  /** What dither, and the resampler's passband, may add to the slope of a tone. */
  private static final double ALLOWED = 0.002;

  /** How steep it may get where one tone is heard. */
  static final double ONE = Math.max(Tone.STREAM.slope(), Tone.PACK.slope()) + ALLOWED;

  /** Where both are. */
  static final double BOTH = Tone.STREAM.slope() + Tone.PACK.slope() + ALLOWED;

  /** Where the stream slides from one place of itself to another. */
  static final double TWICE = 2 * Tone.STREAM.slope() + ALLOWED;

  private final PcmReader reader = new PcmReader(LabServer.FORMAT.bits());
  private final float[] samples;
  private final double[][] sums = new double[4][5];
  private final double[][] waves;
  private boolean heardLast;
  private float last;
  private int silent;
  private double silentMost;
  private double steepest;

  /**
   * What was heard.
   *
   * @param stream how loud, 1 where it is as it was sent
   * @param pack how loud
   * @param streamEarly how much too early, µs; means something only where it is loud enough
   * @param packEarly the same of the pack
   * @param packRound after which the pack's tone sounds the same again, µs
   * @param rest that is neither, where 1 is as loud as the stream
   */
  record Heard(
      double stream,
      double pack,
      double streamEarly,
      double packEarly,
      double packRound,
      double rest) {
    /** Nothing but the stream. */
    boolean isStream() {
      return stream > 0.98 && pack < 0.02;
    }

    /** Nothing but the pack. */
    boolean isPack() {
      return pack > 0.98 && stream < 0.02;
    }

    /** Of both together; 1 throughout a crossing of equal power. */
    double power() {
      return stream * stream + pack * pack;
    }
  }

  /**
   * @param most frames at once
   */
  Ear(int most) {
    samples = new float[most];
    waves = new double[4][most];
  }

  /**
   * Listens to frames that follow the ones before.
   *
   * @param slope how steep it may get
   */
  void listen(byte[] pcm, int frames, double slope) {
    reader.toFloats(pcm, 0, samples, 0, frames);
    double most = 0;
    for (int i = 0; i < frames; i++) {
      float now = samples[i];
      if (heardLast) {
        most = Math.max(most, Math.abs(now - last));
      }
      last = now;
      heardLast = true;
      silent = Math.abs(now) <= SILENCE ? silent + 1 : 0;
      silentMost = Math.max(silentMost, silent * 1e3 / RATE);
    }
    steepest = Math.max(steepest, most / slope);
  }

  /** Frames were left out. */
  void deaf() {
    heardLast = false;
    silent = 0;
  }

  /** The longest silence since this was asked last, ms. */
  double silentMs() {
    double most = silentMost;
    silentMost = 0;
    return most;
  }

  /** The steepest step since this was asked last; up to 1 is as steep as it may get. */
  double steepest() {
    double most = steepest;
    steepest = 0;
    return most;
  }

  /**
   * Takes apart what was listened to last.
   *
   * @param stream which frame of the stream is to be heard at the first frame
   * @param pack and which of the pack
   * @param step from a frame to the next, in theirs
   */
  Heard takeApart(int frames, double stream, double pack, double step) {
    Tone.STREAM.waves(stream, step, frames, waves[0], waves[1]);
    Tone.PACK.waves(pack, step, frames, waves[2], waves[3]);
    for (int a = 0; a < 4; a++) {
      for (int c = a; c < 4; c++) {
        sums[a][c] = product(waves[a], waves[c], frames);
        sums[c][a] = sums[a][c];
      }
      double sum = 0;
      for (int i = 0; i < frames; i++) {
        sum += waves[a][i] * samples[i];
      }
      sums[a][4] = sum;
    }
    double[] parts = solved();
    double middle = frames / 2.0;
    return new Heard(
        Math.hypot(parts[0], parts[1]) / Tone.STREAM.amplitude(),
        Math.hypot(parts[2], parts[3]) / Tone.PACK.amplitude(),
        1e6 * Math.atan2(parts[1], parts[0]) / Tone.STREAM.speed(stream + middle),
        1e6 * Math.atan2(parts[3], parts[2]) / Tone.PACK.speed(pack + middle),
        2e6 * Math.PI / Tone.PACK.speed(pack + middle),
        rest(parts, frames));
  }

  private static double product(double[] one, double[] other, int frames) {
    double sum = 0;
    for (int i = 0; i < frames; i++) {
      sum += one[i] * other[i];
    }
    return sum;
  }

  private double rest(double[] parts, int frames) {
    double sum = 0;
    for (int i = 0; i < frames; i++) {
      double off = samples[i];
      for (int a = 0; a < 4; a++) {
        off -= parts[a] * waves[a][i];
      }
      sum += off * off;
    }
    return Math.sqrt(2 * sum / frames) / Tone.STREAM.amplitude();
  }

  /** By elimination; the waves are far from alike, so that nothing gets small. */
  private double[] solved() {
    for (int a = 0; a < 4; a++) {
      for (int row = a + 1; row < 4; row++) {
        double factor = sums[row][a] / sums[a][a];
        for (int c = a; c < 5; c++) {
          sums[row][c] -= factor * sums[a][c];
        }
      }
    }
    double[] parts = new double[4];
    for (int a = 3; a >= 0; a--) {
      double sum = sums[a][4];
      for (int c = a + 1; c < 4; c++) {
        sum -= sums[a][c] * parts[c];
      }
      parts[a] = sum / sums[a][a];
    }
    return parts;
  }
}
