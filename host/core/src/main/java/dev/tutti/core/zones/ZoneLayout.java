package dev.tutti.core.zones;

import dev.tutti.api.zone.Group;
import dev.tutti.api.zone.Player;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Who is in which group, and what that allows: pure functions from one layout to the next. Every
 * player is in exactly one group, and no group is empty.
 */
record ZoneLayout(List<Group> groups) {
  static final ZoneLayout EMPTY = new ZoneLayout(List.of());

  ZoneLayout {
    groups = List.copyOf(groups);
  }

  Optional<Group> group(String groupId) {
    return groups.stream().filter(g -> g.id().equals(groupId)).findFirst();
  }

  Optional<Player> player(String playerId) {
    return groups.stream()
        .flatMap(g -> g.players().stream())
        .filter(p -> p.id().equals(playerId))
        .findFirst();
  }

  int playerCount() {
    return groups.stream().mapToInt(g -> g.players().size()).sum();
  }

  ZoneLayout withPlayer(String playerId, UnaryOperator<Player> change) {
    List<Group> next = new ArrayList<>(groups);
    for (int i = 0; i < next.size(); i++) {
      Group group = next.get(i);
      if (has(group, playerId)) {
        next.set(
            i,
            withPlayers(
                group,
                group.players().stream()
                    .map(p -> p.id().equals(playerId) ? change.apply(p) : p)
                    .toList()));
      }
    }
    return new ZoneLayout(next);
  }

  ZoneLayout withAllPlayers(UnaryOperator<Player> change) {
    return new ZoneLayout(
        groups.stream()
            .map(g -> withPlayers(g, g.players().stream().map(change).toList()))
            .toList());
  }

  ZoneLayout withGroup(String groupId, UnaryOperator<Group> change) {
    return new ZoneLayout(
        groups.stream().map(g -> g.id().equals(groupId) ? change.apply(g) : g).toList());
  }

  /** Adds a player in a group of its own at the end. */
  ZoneLayout plus(String groupId, String streamId, Player player) {
    List<Group> next = new ArrayList<>(groups);
    next.add(new Group(groupId, "", false, streamId, List.of(player)));
    return new ZoneLayout(next);
  }

  ZoneLayout without(String playerId) {
    return new ZoneLayout(
        groups.stream()
            .map(g ->
                withPlayers(g, g.players().stream().filter(p -> !p.id().equals(playerId)).toList()))
            .filter(g -> !g.players().isEmpty())
            .toList());
  }

  /**
   * Makes the given players, as far as they exist, the members of a group, in the order given. A
   * member left out gets an unmuted, nameless group of its own on the same stream; groups left
   * empty vanish, this one too if nobody stays.
   */
  ZoneLayout regrouped(String groupId, List<String> playerIds, Supplier<String> newGroupIds) {
    Group target = group(groupId).orElseThrow();
    Set<String> wanted = new LinkedHashSet<>(playerIds);
    List<Player> members = wanted.stream().flatMap(id -> player(id).stream()).toList();
    List<Group> next = new ArrayList<>();
    for (Group group : groups) {
      List<Player> kept =
          group.id().equals(groupId)
              ? members
              : group.players().stream().filter(p -> !wanted.contains(p.id())).toList();
      if (!kept.isEmpty()) {
        next.add(withPlayers(group, kept));
      }
    }
    for (Player leaving : target.players()) {
      if (!wanted.contains(leaving.id())) {
        next.add(new Group(newGroupIds.get(), "", false, target.streamId(), List.of(leaving)));
      }
    }
    return new ZoneLayout(next);
  }

  static Group withPlayers(Group g, List<Player> players) {
    return new Group(g.id(), g.name(), g.muted(), g.streamId(), players);
  }

  private static boolean has(Group group, String playerId) {
    return group.players().stream().anyMatch(p -> p.id().equals(playerId));
  }
}
