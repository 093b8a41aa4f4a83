package dev.tutti.core.zones;

import dev.tutti.api.zone.Group;
import dev.tutti.api.zone.Player;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Who is in which group, and what that allows: pure functions from one layout to the next. Every
 * player is in exactly one group, and only rooms are empty.
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
    int at = indexOfGroupWith(playerId);
    return at < 0
        ? Optional.empty()
        : groups.get(at).players().stream().filter(p -> p.id().equals(playerId)).findFirst();
  }

  int playerCount() {
    int count = 0;
    for (Group group : groups) {
      count += group.players().size();
    }
    return count;
  }

  ZoneLayout withPlayer(String playerId, UnaryOperator<Player> change) {
    int at = indexOfGroupWith(playerId);
    if (at < 0) {
      return this;
    }
    List<Group> next = new ArrayList<>(groups);
    Group group = next.get(at);
    next.set(
        at,
        GroupChanges.players(
            group,
            group.players().stream()
                .map(p -> p.id().equals(playerId) ? change.apply(p) : p)
                .toList()));
    return new ZoneLayout(next);
  }

  ZoneLayout withAllPlayers(UnaryOperator<Player> change) {
    return new ZoneLayout(
        groups.stream()
            .map(g -> GroupChanges.players(g, g.players().stream().map(change).toList()))
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

  /**
   * Adds a player to the group of an id, else to the first of a name, else to a new one with both.
   */
  ZoneLayout plusIn(String name, String groupId, String streamId, Player player) {
    Optional<Group> home =
        group(groupId).or(() -> groups.stream().filter(g -> g.name().equals(name)).findFirst());
    if (home.isPresent()) {
      List<Player> together = new ArrayList<>(home.get().players());
      together.add(player);
      return withGroup(home.get().id(), g -> GroupChanges.players(g, together));
    }
    List<Group> next = new ArrayList<>(groups);
    next.add(new Group(groupId, name, false, streamId, List.of(player)));
    return new ZoneLayout(next);
  }

  ZoneLayout without(String playerId) {
    int at = indexOfGroupWith(playerId);
    if (at < 0) {
      return this;
    }
    List<Group> next = new ArrayList<>(groups);
    Group group = next.remove(at);
    List<Player> left = group.players().stream().filter(p -> !p.id().equals(playerId)).toList();
    if (!left.isEmpty() || group.room()) {
      next.add(at, GroupChanges.players(group, left));
    }
    return new ZoneLayout(next);
  }

  /** Without those absent players that have no name and were last seen before an instant. */
  ZoneLayout withoutStale(Instant before) {
    ZoneLayout next = this;
    for (Group group : groups) {
      for (Player player : group.players()) {
        boolean stale = player.lastSeen().isBefore(before) && player.name().isEmpty();
        if (stale && !player.connected()) {
          next = next.without(player.id());
        }
      }
    }
    return next;
  }

  /** Who can be forgotten first: absent, without a name if possible, not seen for longest. */
  Optional<Player> leastMissed() {
    return groups.stream()
        .flatMap(g -> g.players().stream())
        .filter(p -> !p.connected())
        .min(
            Comparator.comparing((Player p) -> !p.name().isEmpty())
                .thenComparing(Player::lastSeen));
  }

  /**
   * Makes the given players, as far as they exist, the members of a group, in the order given. A
   * member left out gets an unmuted, nameless group of its own on the same stream; groups left
   * empty vanish, this one too if nobody stays; rooms stay.
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
      if (!kept.isEmpty() || group.room()) {
        next.add(GroupChanges.players(group, kept));
      }
    }
    for (Player leaving : target.players()) {
      if (!wanted.contains(leaving.id())) {
        next.add(new Group(newGroupIds.get(), "", false, target.streamId(), List.of(leaving)));
      }
    }
    return new ZoneLayout(next);
  }

  /** Plain loops: with thousands of players joining at once this is what each of them costs. */
  private int indexOfGroupWith(String playerId) {
    for (int i = 0; i < groups.size(); i++) {
      for (Player player : groups.get(i).players()) {
        if (player.id().equals(playerId)) {
          return i;
        }
      }
    }
    return -1;
  }
}
