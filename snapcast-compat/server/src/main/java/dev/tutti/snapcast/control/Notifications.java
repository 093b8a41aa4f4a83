package dev.tutti.snapcast.control;

import dev.tutti.api.Clock;
import dev.tutti.api.json.Json;
import dev.tutti.api.stream.StreamStatus;
import dev.tutti.api.stream.Streams.StreamEvent;
import dev.tutti.api.zone.Group;
import dev.tutti.api.zone.Player;
import dev.tutti.api.zone.ZoneSnapshot;
import dev.tutti.api.zone.Zones.ZoneEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What controllers are told of an event (reference: protocol section 7.4). Notifications never have
 * a member {@code id} at the top: to some controllers that alone would make them answers.
 */
final class Notifications {
  private final StatusJson status;
  private final StreamJson streamJson;
  private final Clock clock;

  Notifications(StatusJson status, StreamJson streamJson, Clock clock) {
    this.status = status;
    this.streamJson = streamJson;
    this.clock = clock;
  }

  /** Empty if the subject is gone by the time of the event's snapshot. */
  Optional<Json> of(ZoneEvent event) {
    return switch (event.kind()) {
      case PLAYER_CONNECTED ->
          client(
              event,
              "Client.OnConnect",
              p -> Json.of("id", p.id(), "client", StatusJson.client(p)));
      case PLAYER_DISCONNECTED ->
          client(
              event,
              "Client.OnDisconnect",
              p -> Json.of("id", p.id(), "client", StatusJson.client(p)));
      case PLAYER_VOLUME ->
          client(
              event,
              "Client.OnVolumeChanged",
              p -> Json.of("id", p.id(), "volume", StatusJson.volume(p)));
      case PLAYER_LATENCY ->
          client(
              event,
              "Client.OnLatencyChanged",
              p -> Json.of("id", p.id(), "latency", p.latencyMs()));
      case PLAYER_NAME ->
          client(event, "Client.OnNameChanged", p -> Json.of("id", p.id(), "name", p.name()));
      case GROUP_MUTE ->
          group(event, "Group.OnMute", g -> Json.of("id", g.id(), "mute", g.muted()));
      case GROUP_STREAM ->
          group(
              event,
              "Group.OnStreamChanged",
              g -> Json.of("id", g.id(), "stream_id", g.streamId()));
      case GROUP_VOLUME ->
          group(
              event,
              "Group.OnVolumeChanged",
              g -> Json.of("id", g.id(), "volume", StatusJson.volume(g)));
      case GROUP_NAME ->
          group(event, "Group.OnNameChanged", g -> Json.of("id", g.id(), "name", g.name()));
      // Snapcast's controllers know nothing of mixes.
      case PLAYER_MIX, GROUP_MIX -> Optional.empty();
      case LAYOUT -> Optional.of(serverUpdate(event.now()));
    };
  }

  Json serverUpdate(ZoneSnapshot zones) {
    return notification("Server.OnUpdate", status.server(zones));
  }

  /**
   * Of a stream that is still there.
   *
   * @return one for what the stream is and does, one for its properties, or none
   */
  List<Json> of(StreamEvent.Changed event) {
    StreamStatus now = event.now();
    List<Json> news = new ArrayList<>();
    if (!now.audible()) {
      return news;
    }
    if (streamJson.streamDiffers(event.before(), now)) {
      Json stream = streamJson.stream(now, clock.nowMicros());
      news.add(notification("Stream.OnUpdate", Json.of("id", now.id(), "stream", stream)));
    }
    if (streamJson.propertiesDiffer(event.before(), now)) {
      Json properties = streamJson.properties(now, clock.nowMicros());
      news.add(
          notification("Stream.OnProperties", Json.of("id", now.id(), "properties", properties)));
    }
    return news;
  }

  private static Optional<Json> client(
      ZoneEvent event, String method, Function<Player, Json> params) {
    return event.now().player(event.subjectId()).map(p -> notification(method, params.apply(p)));
  }

  private static Optional<Json> group(
      ZoneEvent event, String method, Function<Group, Json> params) {
    return event.now().group(event.subjectId()).map(g -> notification(method, params.apply(g)));
  }

  private static Json notification(String method, Json params) {
    return Json.of("jsonrpc", "2.0", "method", method, "params", params);
  }
}
