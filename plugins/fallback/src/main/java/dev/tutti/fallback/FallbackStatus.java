package dev.tutti.fallback;

import dev.tutti.api.json.Json;
import dev.tutti.api.zone.Group;
import dev.tutti.api.zone.Player;
import dev.tutti.api.zone.ZoneSnapshot;
import dev.tutti.audio.fallback.ManifestJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Who has what, for people. Thread-safe. */
final class FallbackStatus {
  private final FallbackDesk desk;
  private final PackStore store;
  private final Workshop workshop;
  private final Supplier<ZoneSnapshot> zones;

  FallbackStatus(
      FallbackDesk desk, PackStore store, Workshop workshop, Supplier<ZoneSnapshot> zones) {
    this.desk = desk;
    this.store = store;
    this.workshop = workshop;
    this.zones = zones;
  }

  Json.Obj json() {
    FallbackState state = desk.state();
    List<Group> groups = zones.get().groups();
    return Json.of(
        "revision",
        desk.revision().now(),
        "forAll",
        state.forAll(),
        "packs",
        store.all().stream().map(this::pack).toList(),
        "groups",
        groups.stream().map(group -> group(group, state)).toList(),
        "jobs",
        workshop.jobs().stream().map(Job::json).toList());
  }

  private Json pack(Pack pack) {
    Map<String, Json> members = new LinkedHashMap<>();
    members.put("name", new Json.Text(pack.name()));
    members.put("assigned", new Json.Bool(desk.state().uses(pack.id())));
    members.putAll(ManifestJson.write(desk.served(pack)).members());
    return new Json.Obj(members);
  }

  private Json group(Group group, FallbackState state) {
    return Json.of(
        "id",
        group.id(),
        "name",
        group.name(),
        "pack",
        state.groups().getOrDefault(group.id(), ""),
        "plays",
        state.packOf(group.id()).filter(id -> store.find(id).isPresent()).orElse(""),
        "players",
        group.players().stream().map(this::player).toList());
  }

  /** What a player has is what it said; stock clients never say anything, nor do all of ours. */
  private Json player(Player player) {
    Optional<String> has = desk.reported(player.id());
    String wanted = desk.packOf(player.id()).map(Pack::id).orElse("");
    String standing =
        has.map(id -> id.equals(wanted) ? "ready" : id.isEmpty() ? "missing" : "other")
            .orElse(player.software().name().equals("Tutti") ? "silent" : "unknown");
    return Json.of(
        "id",
        player.id(),
        "label",
        player.label(),
        "connected",
        player.connected(),
        "has",
        has.orElse(""),
        "standing",
        standing);
  }
}
