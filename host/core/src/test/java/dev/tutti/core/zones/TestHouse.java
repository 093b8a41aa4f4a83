package dev.tutti.core.zones;

import dev.tutti.api.zone.Player;
import dev.tutti.api.zone.Zones.Arrival;
import dev.tutti.api.zone.Zones.ZoneEvent;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A store with a wall clock one can set, and what it told. */
final class TestHouse implements InstantSource {
  Instant now = Instant.parse("2026-01-02T03:04:05.678901Z");
  final List<ZoneEvent> events = new ArrayList<>();
  final ZoneStore store;

  TestHouse() {
    this(List.of());
  }

  TestHouse(List<dev.tutti.api.zone.Group> known) {
    this(known, HouseRules.NONE);
  }

  TestHouse(List<dev.tutti.api.zone.Group> known, HouseRules rules) {
    store = new ZoneStore(known, this, new Random(7), 100, rules);
    store.onChange(events::add);
    store.streamsChanged(List.of("music", "radio"), "test");
    events.clear();
  }

  static Arrival arrival(String id) {
    return new Arrival(
        id,
        1,
        new Player.Device("host-" + id, "00:11:22:33:44:55", "192.168.0.7", "Debian", "x86_64"),
        new Player.Software("Snapclient", "0.34.0", 2));
  }

  Player join(String id) {
    return store.connected(arrival(id), "hello");
  }

  String groupOf(String playerId) {
    return store.snapshot().groupOf(playerId).orElseThrow().id();
  }

  List<String> members(String groupId) {
    return store.snapshot().group(groupId).orElseThrow().players().stream()
        .map(Player::id)
        .toList();
  }

  @Override
  public Instant instant() {
    return now;
  }
}
