package dev.tutti.announce;

import dev.tutti.api.cue.Cue;
import java.util.Set;

/**
 * A sound that is to be heard in some rooms.
 *
 * @param id grows with each one
 * @param name of the sound, for people
 * @param playerIds who hears it
 * @param priority higher ones come first
 * @param cuts whether it ends what sounds in its rooms and is not more important
 */
record Announcement(
    long id, String name, Cue cue, Set<String> playerIds, int priority, boolean cuts) {
  Announcement {
    playerIds = Set.copyOf(playerIds);
  }
}
