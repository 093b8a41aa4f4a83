package dev.tutti.announce;

import dev.tutti.api.cue.Cues.Playing;
import java.util.Set;

/** Where announcements sound. */
interface Stage {
  /** The earliest instant at which this one could begin. */
  long soonestMicros(Announcement announcement);

  /**
   * @param instead what ends in its rooms
   */
  Playing play(Announcement announcement, long notBeforeMicros, Set<Playing> instead);
}
