package dev.tutti.core.zones;

import dev.tutti.api.zone.Player;
import dev.tutti.api.zone.Zones.Arrival;
import java.time.Instant;

/** Players never seen before. */
final class Newcomers {
  private Newcomers() {}

  /** As it says it is, with nothing set. */
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

  /** With what the configuration gives players of its kind. */
  static Player player(Arrival arrival, HouseRules rules, int standardVolume, Instant seen) {
    Player plain = player(arrival);
    int latencyMs = ZoneLimits.latencyMs(rules.initialLatencyMs(plain));
    Player placed = PlayerChanges.latency(PlayerChanges.seen(plain, seen), latencyMs);
    int percent = ZoneLimits.percent(rules.initialVolume(plain, standardVolume));
    return PlayerChanges.volume(placed, percent, false);
  }
}
