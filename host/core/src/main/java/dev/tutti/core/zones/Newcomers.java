package dev.tutti.core.zones;

import dev.tutti.api.zone.Player;
import dev.tutti.api.zone.Zones.Arrival;
import dev.tutti.api.zone.Zones.ZoneException;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/** What becomes of players that come: those never seen before, and those that are back. */
final class Newcomers {
  private static final System.Logger LOG = System.getLogger(ZoneStore.class.getName());

  private final HouseRules rules;
  private final Supplier<String> groupIds;
  private final int standardVolumePercent;

  Newcomers(HouseRules rules, Supplier<String> groupIds, int standardVolumePercent) {
    this.rules = rules;
    this.groupIds = groupIds;
    this.standardVolumePercent = standardVolumePercent;
  }

  /** One never seen before, as it says it is, with nothing set. */
  static Player player(Arrival arrival) {
    return new Player(
        arrival.playerId(),
        true,
        "",
        100,
        false,
        0,
        arrival.instance(),
        arrival.device(),
        arrival.software(),
        Instant.EPOCH);
  }

  /** One never seen before, with what the configuration gives players of its kind. */
  Player player(Arrival arrival, Instant seen) {
    Player plain = player(arrival);
    int latencyMs = ZoneLimits.latencyMs(rules.initialLatencyMs(plain));
    Player placed = PlayerChanges.latency(PlayerChanges.seen(plain, seen), latencyMs);
    int percent = ZoneLimits.percent(rules.initialVolume(plain, standardVolumePercent));
    return PlayerChanges.volume(placed, percent, false);
  }

  /** One that is back; a rule may have come since it was last here. */
  Player again(Player known, Arrival arrival, Instant seen) {
    Player player = PlayerChanges.arrived(known, arrival, seen);
    int volume = rules.limited(player, player.volumePercent());
    return PlayerChanges.volume(player, volume, player.muted());
  }

  /**
   * The house with one more player, in the group and on the stream its kind is given.
   *
   * @param streamIds those there are, the default first
   * @throws ZoneException if as many as can be are connected
   */
  ZoneLayout placed(ZoneLayout layout, Player player, List<String> streamIds) {
    String wanted = rules.stream(player);
    String usual = streamIds.isEmpty() ? "" : streamIds.getFirst();
    String streamId = streamIds.contains(wanted) ? wanted : usual;
    String group = rules.group(player);
    ZoneLayout roomy = withRoom(layout);
    return group.isEmpty()
        ? roomy.plus(groupIds.get(), streamId, player)
        : roomy.plusIn(group, rules.roomId(group).orElseGet(groupIds), streamId, player);
  }

  /** Somebody who invents ids must not fill the memory: absent, nameless players make room. */
  private static ZoneLayout withRoom(ZoneLayout layout) {
    if (layout.playerCount() < ZoneLimits.PLAYERS) {
      return layout;
    }
    Player oldest =
        layout
            .leastMissed()
            .orElseThrow(() ->
                new ZoneException(
                    "no more than " + ZoneLimits.PLAYERS + " players can be connected"));
    LOG.log(
        Level.WARNING,
        "{0} players are known, as many as can be; forgetting \"{1}\", last seen {2}",
        ZoneLimits.PLAYERS,
        oldest.label(),
        oldest.lastSeen());
    return layout.without(oldest.id());
  }
}
