package dev.tutti.api.zone;

import java.util.List;
import java.util.Optional;

/**
 * All groups and players at one moment.
 *
 * @param revision grows with every accepted change
 */
public record ZoneSnapshot(long revision, List<Group> groups) {
  public ZoneSnapshot {
    groups = List.copyOf(groups);
  }

  public Optional<Group> group(String groupId) {
    return groups.stream().filter(g -> g.id().equals(groupId)).findFirst();
  }

  public Optional<Player> player(String playerId) {
    return groups.stream()
        .flatMap(g -> g.players().stream())
        .filter(p -> p.id().equals(playerId))
        .findFirst();
  }

  public Optional<Group> groupOf(String playerId) {
    return groups.stream()
        .filter(g -> g.players().stream().anyMatch(p -> p.id().equals(playerId)))
        .findFirst();
  }
}
