package dev.tutti.audio.measure;

import java.util.List;

/**
 * How loud a piece is.
 *
 * @param integratedLufs gated, over all of it; negative infinity for silence
 * @param truePeakDb its highest peak between the samples, in dB of full scale; negative infinity
 *     for silence
 * @param seconds its length
 */
public record Loudness(double integratedLufs, double truePeakDb, double seconds) {
  /**
   * Of pieces that belong together (an album): the mean of their powers, weighted by length, and
   * the highest peak. Silence for no pieces.
   */
  public static Loudness together(List<Loudness> pieces) {
    double power = 0;
    double heard = 0;
    double seconds = 0;
    double peak = Double.NEGATIVE_INFINITY;
    for (Loudness piece : pieces) {
      if (piece.integratedLufs > Double.NEGATIVE_INFINITY) {
        power += piece.seconds * Math.pow(10, piece.integratedLufs / 10);
        heard += piece.seconds;
      }
      seconds += piece.seconds;
      peak = Math.max(peak, piece.truePeakDb);
    }
    double lufs = heard == 0 ? Double.NEGATIVE_INFINITY : 10 * Math.log10(power / heard);
    return new Loudness(lufs, peak, seconds);
  }

  /**
   * The gain that brings the piece to a loudness without pushing its peaks beyond a ceiling. 0 for
   * silence.
   *
   * @param targetLufs for example −18
   * @param ceilingDb for example −1
   */
  public double gainDb(double targetLufs, double ceilingDb) {
    if (integratedLufs == Double.NEGATIVE_INFINITY) {
      return 0;
    }
    return Math.min(targetLufs - integratedLufs, ceilingDb - truePeakDb);
  }
}
