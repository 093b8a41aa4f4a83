package dev.tutti.api.zone;

import java.util.List;

/**
 * Players that hear one stream.
 *
 * @param id lower-case hex 8-4-4-4-12
 * @param name given by the user, or empty
 * @param streamId never dangling: a group whose stream goes is moved to the default one
 */
public record Group(String id, String name, boolean muted, String streamId, List<Player> players) {
  public Group {
    players = List.copyOf(players);
  }
}
