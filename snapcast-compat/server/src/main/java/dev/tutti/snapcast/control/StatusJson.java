package dev.tutti.snapcast.control;

import dev.tutti.api.Clock;
import dev.tutti.api.json.Json;
import dev.tutti.api.stream.StreamStatus;
import dev.tutti.api.stream.Streams;
import dev.tutti.api.zone.Group;
import dev.tutti.api.zone.Player;
import dev.tutti.api.zone.ZoneSnapshot;
import java.time.temporal.ChronoField;
import java.util.List;

/**
 * Clients, groups and the whole server as controllers see them (reference: protocol section 7.5);
 * members in the order Snapcast writes them. Thread-safe.
 */
final class StatusJson {
  /** Controllers compare it to decide which features they may use. */
  static final String SNAPSERVER_VERSION = "0.34.0";

  private final Streams streams;
  private final StreamJson streamJson;
  private final Clock clock;
  private final Json about;

  StatusJson(Streams streams, StreamJson streamJson, Clock clock, String name, Machine machine) {
    this.streams = streams;
    this.streamJson = streamJson;
    this.clock = clock;
    this.about =
        Json.of(
            "host",
            Json.of("arch", machine.arch(), "ip", "", "mac", "", "name", name, "os", machine.os()),
            "snapserver",
            Json.of(
                "controlProtocolVersion",
                1,
                "name",
                "Snapserver",
                "protocolVersion",
                1,
                "version",
                SNAPSERVER_VERSION));
  }

  static Json client(Player player) {
    Player.Device device = player.device();
    Player.Software software = player.software();
    return Json.of(
        "config",
        Json.of(
            "instance", player.instance(),
            "latency", player.latencyMs(),
            "name", player.name(),
            "volume", volume(player)),
        "connected",
        player.connected(),
        "host",
        Json.of(
            "arch", device.arch(),
            "ip", device.ip(),
            "mac", device.mac(),
            "name", device.hostName(),
            "os", device.os()),
        "id",
        player.id(),
        "lastSeen",
        Json.of(
            "sec", player.lastSeen().getEpochSecond(),
            "usec", player.lastSeen().get(ChronoField.MICRO_OF_SECOND)),
        "snapclient",
        Json.of(
            "name", software.name(),
            "protocolVersion", software.protocolVersion(),
            "version", software.version()));
  }

  static Json volume(Group group) {
    return Json.of("percent", group.volumePercent());
  }

  static Json volume(Player player) {
    return Json.of("muted", player.muted(), "percent", player.volumePercent());
  }

  Json group(Group group) {
    return group(group, listed());
  }

  private static Json group(Group group, List<StreamStatus> streams) {
    return Json.of(
        "clients", group.players().stream().map(StatusJson::client).toList(),
        "id", group.id(),
        "muted", group.muted(),
        "name", group.name(),
        "stream_id", announced(group.streamId(), streams));
  }

  /**
   * Home Assistant fails on a group whose stream is not in the list; between a stream's going and
   * its groups' moving that could be seen for a moment.
   */
  private static String announced(String streamId, List<StreamStatus> streams) {
    return streams.isEmpty() || streams.stream().anyMatch(s -> s.id().equals(streamId))
        ? streamId
        : streams.getFirst().id();
  }

  /** What one cannot listen to is not shown: python-snapcast asks for everything again then. */
  private List<StreamStatus> listed() {
    return streams.list().stream().filter(StreamStatus::audible).toList();
  }

  /** The result of Server.GetStatus and the parameters of Server.OnUpdate. */
  Json server(ZoneSnapshot zones) {
    return server(zones, false);
  }

  /**
   * @param emptyRooms whether to name rooms nobody is in; controllers made for snapserver, which
   *     has none, divide by zero there
   */
  Json server(ZoneSnapshot zones, boolean emptyRooms) {
    List<StreamStatus> all = listed();
    long now = clock.nowMicros();
    return Json.of(
        "server",
        Json.of(
            "groups",
            zones.groups().stream()
                .filter(g -> emptyRooms || !g.players().isEmpty())
                .map(g -> group(g, all))
                .toList(),
            "server",
            about,
            "streams",
            all.stream().map(s -> streamJson.stream(s, now)).toList()));
  }
}
