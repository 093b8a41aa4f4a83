package dev.tutti.web;

import dev.tutti.api.Clock;
import dev.tutti.api.HostInfo;
import dev.tutti.api.audio.Art;
import dev.tutti.api.audio.Track;
import dev.tutti.api.json.Json;
import dev.tutti.api.stream.StreamStatus;
import dev.tutti.api.zone.Group;
import dev.tutti.api.zone.Player;
import dev.tutti.api.zone.ZoneSnapshot;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** The house as the page sees it: a whole picture each time, in JSON. Thread-safe. */
final class Picture {
  private final HostInfo host;
  private final Clock clock;
  private final Supplier<String> baseUrl;

  Picture(HostInfo host, Clock clock, Supplier<String> baseUrl) {
    this.host = host;
    this.clock = clock;
    this.baseUrl = baseUrl;
  }

  /** Everything. */
  Json.Obj snapshot(List<StreamStatus> streams, ZoneSnapshot zones) {
    return Json.of(
        "type", "snapshot",
        "serverNowMicros", clock.nowMicros(),
        "server", server(),
        "streams", streams.stream().map(Picture::stream).toList(),
        "groups",
            zones.groups().stream()
                .filter(g -> !g.players().isEmpty())
                .map(Picture::group)
                .toList());
  }

  /** Only the clock: a sign of life, and what positions are computed with. */
  Json.Obj time() {
    return Json.of("type", "time", "serverNowMicros", clock.nowMicros());
  }

  private Json server() {
    return Json.of("name", host.name(), "version", host.version(), "address", address());
  }

  /** What to type after {@code snapclient -h}. */
  private String address() {
    String named = URI.create(baseUrl.get()).getHost();
    return named == null ? host.name() : named.replaceAll("[\\[\\]]", "");
  }

  private static Json stream(StreamStatus stream) {
    return Json.of(
        "id", stream.id(),
        "codec", stream.codec(),
        "format", stream.format().toString(),
        "activity", word(stream.activity()),
        "playback", word(stream.playback()),
        "track", track(stream.track()),
        "pending", stream.pending().map(Picture::track),
        "positionMs", stream.position().toMillis(),
        "positionAtMicros", stream.positionAtMicros(),
        "shuffle", stream.order().shuffle(),
        "repeat", word(stream.order().repeat()),
        "can", can(stream),
        "problem", stream.problem());
  }

  private static List<String> can(StreamStatus stream) {
    return stream.can().stream().sorted().map(Picture::word).toList();
  }

  private static Json track(Track track) {
    return Json.of(
        "id", track.id(),
        "title", track.title(),
        "artists", track.artists(),
        "album", track.album(),
        "durationMs", track.duration().map(Duration::toMillis),
        "art", track.art().map(Art::id));
  }

  static Json group(Group group) {
    return Json.of(
        "id", group.id(),
        "name", group.name(),
        "muted", group.muted(),
        "streamId", group.streamId(),
        "players", group.players().stream().map(Picture::player).toList());
  }

  static Json player(Player player) {
    return Json.of(
        "id", player.id(),
        "name", player.name(),
        "label", player.label(),
        "connected", player.connected(),
        "volumePercent", player.volumePercent(),
        "muted", player.muted(),
        "latencyMs", player.latencyMs(),
        "software", software(player.software()),
        "host", player.device().hostName(),
        "ip", player.device().ip(),
        "lastSeenEpochSeconds", player.lastSeen().getEpochSecond());
  }

  private static Optional<String> software(Player.Software software) {
    String text = (software.name() + " " + software.version()).strip();
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
