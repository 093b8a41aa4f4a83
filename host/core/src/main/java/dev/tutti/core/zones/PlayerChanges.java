package dev.tutti.core.zones;

import dev.tutti.api.zone.Player;
import dev.tutti.api.zone.Zones.Arrival;
import java.time.Instant;

/** A player with one thing changed. */
final class PlayerChanges {
  private PlayerChanges() {}

  static Player arrived(Player p, Arrival a, Instant now) {
    return new Player(
        p.id(),
        true,
        p.name(),
        p.volumePercent(),
        p.muted(),
        p.latencyMs(),
        a.instance(),
        a.device(),
        a.software(),
        now);
  }

  static Player left(Player p, Instant now) {
    return with(p, false, p.name(), p.volumePercent(), p.muted(), p.latencyMs(), now);
  }

  static Player seen(Player p, Instant now) {
    return with(p, p.connected(), p.name(), p.volumePercent(), p.muted(), p.latencyMs(), now);
  }

  static Player volume(Player p, int percent, boolean muted) {
    return with(p, p.connected(), p.name(), percent, muted, p.latencyMs(), p.lastSeen());
  }

  static Player latency(Player p, int latencyMs) {
    return with(p, p.connected(), p.name(), p.volumePercent(), p.muted(), latencyMs, p.lastSeen());
  }

  static Player name(Player p, String name) {
    return with(p, p.connected(), name, p.volumePercent(), p.muted(), p.latencyMs(), p.lastSeen());
  }

  private static Player with(
      Player p,
      boolean connected,
      String name,
      int percent,
      boolean muted,
      int latencyMs,
      Instant lastSeen) {
    return new Player(
        p.id(),
        connected,
        name,
        percent,
        muted,
        latencyMs,
        p.instance(),
        p.device(),
        p.software(),
        lastSeen);
  }
}
