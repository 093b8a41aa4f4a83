package dev.tutti.announce;

import dev.tutti.api.http.HttpException;
import dev.tutti.api.zone.Group;
import dev.tutti.api.zone.Player;
import dev.tutti.api.zone.ZoneSnapshot;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Finds out who is meant. */
final class Rooms {
  /** Everybody. */
  static final String ALL = "all";

  private Rooms() {}

  /**
   * The players of some rooms. A room is a player or a group, by id or by name, whatever its case;
   * {@code all} is everybody.
   *
   * @throws HttpException 404 naming what is not there and what is
   */
  static List<Player> find(ZoneSnapshot zones, List<String> names) {
    Set<String> found = new LinkedHashSet<>();
    for (String name : names) {
      List<String> these = idsOf(zones, name.strip());
      if (these.isEmpty()) {
        throw new HttpException(
            404,
            "there is no room \"" + name + "\"; there are " + String.join(", ", labels(zones)));
      }
      found.addAll(these);
    }
    return found.stream().flatMap(id -> zones.player(id).stream()).toList();
  }

  private static List<String> idsOf(ZoneSnapshot zones, String name) {
    List<String> ids = new ArrayList<>();
    for (Group group : zones.groups()) {
      boolean whole = name.equals(ALL) || isCalled(name, group.id(), group.name());
      for (Player player : group.players()) {
        if (whole || isCalled(name, player.id(), player.label())) {
          ids.add(player.id());
        }
      }
    }
    return ids;
  }

  private static boolean isCalled(String name, String id, String given) {
    return name.equals(id) || (!given.isEmpty() && name.equalsIgnoreCase(given));
  }

  private static Set<String> labels(ZoneSnapshot zones) {
    Set<String> labels = new LinkedHashSet<>();
    labels.add(ALL);
    for (Group group : zones.groups()) {
      if (!group.name().isEmpty()) {
        labels.add(group.name());
      }
      group.players().forEach(p -> labels.add(p.label()));
    }
    return labels;
  }
}
