package dev.tutti.api.zone;

import dev.tutti.api.audio.MixSettings;
import java.util.List;

/**
 * Players that hear one stream.
 *
 * @param id lower-case hex 8-4-4-4-12
 * @param name given by the user, or empty
 * @param streamId never dangling: a group whose stream goes is moved to the default one
 * @param volumePercent 0 to 100, of each player's own volume; what Snapcast does not have
 * @param room whether it stays, with its name and stream, when its last player leaves; only rooms
 *     can be empty
 * @param mix how all its players hear the stream; each player's own mix comes after it
 */
public record Group(
    String id,
    String name,
    boolean muted,
    String streamId,
    List<Player> players,
    int volumePercent,
    boolean room,
    MixSettings mix) {
  public Group {
    players = List.copyOf(players);
  }

  /** A group as Snapcast knows them: at full volume, there as long as somebody is in it. */
  public Group(String id, String name, boolean muted, String streamId, List<Player> players) {
    this(id, name, muted, streamId, players, 100, false, MixSettings.NONE);
  }

  /** How loud a player of this group is: its own volume, as far as the group's lets it. */
  public int loudness(Player player) {
    int product = player.volumePercent() * volumePercent;
    // What is not silenced by either stays audible.
    return product == 0 ? 0 : Math.max(1, Math.round(product / 100f));
  }
}
