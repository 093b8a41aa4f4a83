package dev.tutti.api.cue;

import dev.tutti.api.audio.AudioClip;
import java.time.Duration;

/**
 * A sound over what players hear. What they hear otherwise is turned down meanwhile.
 *
 * @param gainDb of the sound, −60 to +12
 * @param duckDb by how much everything else is turned down meanwhile, −96 (silent) to 0
 * @param attack how long turning down takes; it is done when the sound begins; at most 10 s
 * @param release how long turning up takes afterwards, at most 10 s
 * @param reachesMuted whether muted players hear it too, and nothing else
 */
public record Cue(
    AudioClip clip,
    double gainDb,
    double duckDb,
    Duration attack,
    Duration release,
    boolean reachesMuted) {
  private static final Duration LONGEST = Duration.ofSeconds(10);

  /**
   * @throws IllegalArgumentException with a readable reason for what is out of range
   */
  public Cue {
    within("gainDb", gainDb, -60, 12);
    within("duckDb", duckDb, -96, 0);
    within("attackMs", (double) attack.toMillis(), 0, LONGEST.toMillis());
    within("releaseMs", (double) release.toMillis(), 0, LONGEST.toMillis());
  }

  private static void within(String what, double value, long least, long most) {
    if (!(value >= least && value <= most)) {
      throw new IllegalArgumentException(
          what + " must be " + least + " to " + most + ", not " + value);
    }
  }
}
