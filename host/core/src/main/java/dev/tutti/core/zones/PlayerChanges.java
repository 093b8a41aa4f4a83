package dev.tutti.core.zones;

import dev.tutti.api.audio.MixSettings;
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
        now,
        p.mix());
  }

  static Player left(Player p, Instant now) {
    return onList(p, false, now);
  }

  static Player seen(Player p, Instant now) {
    return onList(p, p.connected(), now);
  }

  static Player volume(Player p, int percent, boolean muted) {
    return with(p, p.name(), percent, muted, p.latencyMs(), p.mix());
  }

  static Player latency(Player p, int latencyMs) {
    return with(p, p.name(), p.volumePercent(), p.muted(), latencyMs, p.mix());
  }

  static Player name(Player p, String name) {
    return with(p, name, p.volumePercent(), p.muted(), p.latencyMs(), p.mix());
  }

  static Player mix(Player p, MixSettings mix) {
    return with(p, p.name(), p.volumePercent(), p.muted(), p.latencyMs(), mix);
  }

  private static Player onList(Player p, boolean connected, Instant lastSeen) {
    return new Player(
        p.id(),
        connected,
        p.name(),
        p.volumePercent(),
        p.muted(),
        p.latencyMs(),
        p.instance(),
        p.device(),
        p.software(),
        lastSeen,
        p.mix());
  }

  private static Player with(
      Player p, String name, int percent, boolean muted, int latencyMs, MixSettings mix) {
    return new Player(
        p.id(),
        p.connected(),
        name,
        percent,
        muted,
        latencyMs,
        p.instance(),
        p.device(),
        p.software(),
        p.lastSeen(),
        mix);
  }
}
