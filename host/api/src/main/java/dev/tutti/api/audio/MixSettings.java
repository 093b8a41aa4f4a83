package dev.tutti.api.audio;

import java.util.ArrayList;
import java.util.List;

/**
 * How a listener's sound differs from the stream it hears. Applied in this order: delay, channels,
 * equaliser, gain.
 *
 * @param channels which channels it hears
 * @param gainDb −60 to +12
 * @param delayMs how much later it is heard, 0 to 1000
 * @param bands the equaliser, at most 16
 */
public record MixSettings(
    ChannelRoute channels, double gainDb, double delayMs, List<EqBand> bands) {
  /** The stream as it is. */
  public static final MixSettings NONE = new MixSettings(ChannelRoute.STEREO, 0, 0, List.of());

  private static final double LEAST_GAIN_DB = -60;
  private static final double MOST_GAIN_DB = 12;
  private static final double MOST_DELAY_MS = 1000;
  private static final int MOST_BANDS = 16;

  /**
   * @throws IllegalArgumentException with a readable reason for what is out of range
   */
  public MixSettings {
    bands = List.copyOf(bands);
    if (!(gainDb >= LEAST_GAIN_DB && gainDb <= MOST_GAIN_DB)) {
      throw new IllegalArgumentException("gainDb must be -60 to 12, not " + gainDb);
    }
    if (!(delayMs >= 0 && delayMs <= MOST_DELAY_MS)) {
      throw new IllegalArgumentException("delayMs must be 0 to 1000, not " + delayMs);
    }
    if (bands.size() > MOST_BANDS) {
      throw new IllegalArgumentException("there can be 16 bands, not " + bands.size());
    }
  }

  /** Whether nothing is changed. */
  public boolean none() {
    return equals(NONE);
  }

  /**
   * These, and after them another's, such as a group's and then a member's: gains and delays add
   * up, bands follow each other, and the other's channels are taken unless they are stereo.
   * Together they stay within the limits of one.
   */
  public MixSettings then(MixSettings other) {
    if (other.none()) {
      return this;
    }
    List<EqBand> all = new ArrayList<>(bands);
    all.addAll(other.bands());
    return new MixSettings(
        other.channels().equals(ChannelRoute.STEREO) ? channels : other.channels(),
        Math.clamp(gainDb + other.gainDb(), LEAST_GAIN_DB, MOST_GAIN_DB),
        Math.min(delayMs + other.delayMs(), MOST_DELAY_MS),
        all.subList(0, Math.min(all.size(), MOST_BANDS)));
  }
}
