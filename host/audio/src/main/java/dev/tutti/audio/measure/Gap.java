package dev.tutti.audio.measure;

import java.util.ArrayList;
import java.util.List;

/**
 * A hole in the sound: silence with sound before and behind it.
 *
 * @param frame where it begins
 * @param frames how long it is
 */
public record Gap(long frame, long frames) {
  /**
   * Finds runs of digital silence. What comes before the first sound and after the last is no gap.
   *
   * @param samples interleaved
   * @param minFrames shorter ones pass
   */
  public static List<Gap> find(float[] samples, int channels, int minFrames) {
    return find(samples, channels, minFrames, 0);
  }

  /**
   * Finds runs in which no sample exceeds a level.
   *
   * @param level linear; for example 2 / 32768 for silence with dither
   */
  public static List<Gap> find(float[] samples, int channels, int minFrames, float level) {
    List<Gap> gaps = new ArrayList<>();
    int frames = samples.length / channels;
    int lastSound = -1;
    for (int f = 0; f < frames; f++) {
      if (!silent(samples, f * channels, channels, level)) {
        int silence = f - lastSound - 1;
        if (lastSound >= 0 && silence >= minFrames) {
          gaps.add(new Gap(lastSound + 1, silence));
        }
        lastSound = f;
      }
    }
    return gaps;
  }

  private static boolean silent(float[] samples, int at, int channels, float level) {
    for (int c = 0; c < channels; c++) {
      if (!(Math.abs(samples[at + c]) <= level)) {
        return false;
      }
    }
    return true;
  }
}
