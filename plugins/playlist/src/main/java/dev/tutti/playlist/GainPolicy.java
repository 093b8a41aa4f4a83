package dev.tutti.playlist;

import dev.tutti.playlist.LibraryIndex.Entry;
import org.jspecify.annotations.Nullable;

/**
 * The gain of a track, decided once, when it starts: from its ReplayGain tags, else from the stored
 * measurement, else a guess that is safe for loud music. Peaks stay below −1 dBTP (S0-26).
 *
 * @param targetLufs how loud everything is to be
 */
record GainPolicy(boolean normalize, double targetLufs) {
  /** ReplayGain 2.0 is defined against −18 LUFS. */
  private static final double REPLAY_GAIN_LUFS = -18;

  /**
   * What loud modern masters measure: a guess that turns quiet ones down too far rather than loud
   * ones up.
   */
  private static final double GUESSED_LUFS = -8;

  private static final double PEAK_LIMIT_DB = -1;
  private static final double HIGHEST_GAIN_DB = 20;
  private static final double LOWEST_GAIN_DB = -40;

  /**
   * @param entry what is known, or null
   * @param wholeAlbum whether neighbours of the same album play around it, whose differences in
   *     level are meant
   */
  double gainDb(@Nullable Entry entry, boolean wholeAlbum) {
    if (!normalize) {
      return 0;
    }
    if (entry != null && wholeAlbum && entry.albumGainDb() != null) {
      return tagged(entry.albumGainDb(), entry.albumPeak());
    }
    if (entry != null && entry.trackGainDb() != null) {
      return tagged(entry.trackGainDb(), entry.trackPeak());
    }
    if (entry != null && entry.loudness() != null) {
      return limited(targetLufs - entry.loudness().lufs(), entry.loudness().truePeakDb());
    }
    return Math.min(0, targetLufs - GUESSED_LUFS);
  }

  private double tagged(double tagGainDb, @Nullable Double peak) {
    double peakDb = peak == null || peak <= 0 ? 0 : 20 * Math.log10(peak);
    return limited(tagGainDb + targetLufs - REPLAY_GAIN_LUFS, peakDb);
  }

  private static double limited(double gainDb, double peakDb) {
    double safe = Math.min(gainDb, PEAK_LIMIT_DB - peakDb);
    return Double.isFinite(safe) ? Math.clamp(safe, LOWEST_GAIN_DB, HIGHEST_GAIN_DB) : 0;
  }
}
