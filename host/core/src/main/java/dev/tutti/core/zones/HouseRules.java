package dev.tutti.core.zones;

import dev.tutti.api.ConfigException;
import dev.tutti.api.audio.MixSettings;
import dev.tutti.api.zone.Group;
import dev.tutti.api.zone.Player;
import dev.tutti.api.zone.PlayerRule;
import dev.tutti.api.zone.Zones.Arrival;
import dev.tutti.core.config.TuttiConfig;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the configuration says of players and rooms. All rules that fit a player count; of those
 * that say something of one thing, the first. Any thread.
 */
public final class HouseRules {
  /** Nothing is configured: everything as with Snapcast. */
  public static final HouseRules NONE = new HouseRules(List.of(), List.of());

  private final List<TuttiConfig.Client> clients;
  private final List<TuttiConfig.Room> rooms;

  /**
   * @param clients rules, the first that says something wins
   * @param rooms groups that stay when they are empty
   * @throws ConfigException if one has no name
   */
  public HouseRules(List<TuttiConfig.Client> clients, List<TuttiConfig.Room> rooms) {
    this.clients = List.copyOf(clients);
    this.rooms = List.copyOf(rooms);
    if (rooms.stream().anyMatch(r -> r.name().isBlank())) {
      throw new ConfigException("[[room]]: each room needs a name, such as name = \"Kitchen\"");
    }
  }

  /**
   * Groups with all rooms among them: those that are missing are made, those no longer configured
   * become ordinary groups and go when they are empty.
   */
  List<Group> withRooms(List<Group> groups) {
    List<String> ids = rooms.stream().map(HouseRules::id).toList();
    List<Group> all = new ArrayList<>();
    for (Group group : groups) {
      boolean room = ids.contains(group.id());
      if (room || !group.players().isEmpty()) {
        all.add(GroupChanges.room(group, room));
      }
    }
    for (TuttiConfig.Room room : rooms) {
      if (all.stream().noneMatch(g -> g.id().equals(id(room)))) {
        String name = ZoneLimits.name(room.name());
        int volume = ZoneLimits.percent(room.volume());
        all.add(
            new Group(
                id(room), name, false, room.stream(), List.of(), volume, true, MixSettings.NONE));
      }
    }
    return all;
  }

  /** The same at each start, whatever the room is called by its users meanwhile. */
  private static String id(TuttiConfig.Room room) {
    return UUID.nameUUIDFromBytes(("room " + room.name()).getBytes(StandardCharsets.UTF_8))
        .toString();
  }

  /** The volume somebody wants, as far as the player may have it. */
  int limited(Player player, int percent) {
    return first(player, TuttiConfig.Client::maxVolume)
        .map(most -> Math.min(most, percent))
        .orElse(percent);
  }

  int initialVolume(Player player, int standard) {
    return limited(player, first(player, TuttiConfig.Client::volume).orElse(standard));
  }

  int initialLatencyMs(Player player) {
    return first(player, TuttiConfig.Client::latencyMs).orElse(0);
  }

  /** The name of the group a new player joins; empty for one of its own. */
  String group(Player player) {
    return first(player, c -> textOrNull(c.group())).orElse("");
  }

  /** The id of the room configured under a name. */
  Optional<String> roomId(String name) {
    return rooms.stream().filter(r -> r.name().equals(name)).map(HouseRules::id).findFirst();
  }

  /** The stream a new player's own group listens to; empty for the default one. */
  String stream(Player player) {
    return first(player, c -> textOrNull(c.stream())).orElse("");
  }

  PlayerRule ruleOf(Arrival arrival) {
    Player player = Newcomers.player(arrival);
    return new PlayerRule(
        number(first(player, TuttiConfig.Client::bufferMs)),
        number(first(player, TuttiConfig.Client::maxBufferMs)),
        Duration.ofMillis(first(player, TuttiConfig.Client::rampMs).orElse(0)));
  }

  private static OptionalInt number(Optional<Integer> value) {
    return value.map(OptionalInt::of).orElseGet(OptionalInt::empty);
  }

  private static @Nullable String textOrNull(String text) {
    return text.isEmpty() ? null : text;
  }

  private <T> Optional<T> first(Player player, Function<TuttiConfig.Client, @Nullable T> value) {
    return clients.stream()
        .filter(c -> fits(c, player))
        .map(value)
        .filter(Objects::nonNull)
        .findFirst();
  }

  private static boolean fits(TuttiConfig.Client rule, Player player) {
    return Glob.matches(rule.id(), player.id())
        && Glob.matches(rule.hostName(), player.device().hostName())
        && Glob.matches(rule.clientName(), player.software().name())
        && Glob.matches(rule.arch(), player.device().arch());
  }
}
