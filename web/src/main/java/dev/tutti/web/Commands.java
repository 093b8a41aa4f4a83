package dev.tutti.web;

import dev.tutti.api.http.HttpCall;
import dev.tutti.api.http.HttpException;
import dev.tutti.api.http.HttpReply;
import dev.tutti.api.http.Reply;
import dev.tutti.api.json.Json;
import dev.tutti.api.stream.Streams;
import dev.tutti.api.stream.Streams.CommandResult;
import dev.tutti.api.zone.Player;
import dev.tutti.api.zone.Zones;
import dev.tutti.api.zone.Zones.ZoneException;

/** What the page asks for, carried out. Thread-safe. */
final class Commands {
  private final Streams streams;
  private final Zones zones;

  Commands(Streams streams, Zones zones) {
    this.streams = streams;
    this.zones = zones;
  }

  /** {@code POST /api/streams/{id}/command}. */
  Reply stream(HttpCall call) {
    CommandResult result =
        streams.command(call.path("id"), CommandReader.read(Fields.of(call.json())));
    return switch (result) {
      case CommandResult.Accepted a -> Json.of("accepted", true);
      case CommandResult.Refused r -> HttpReply.error(status(r.why()), r.reason());
    };
  }

  /** {@code POST /api/streams/{id}}: playing, which opens or closes its gate. */
  Reply gate(HttpCall call) {
    String id = call.path("id");
    Fields fields = Fields.of(call.json());
    fields.allow("playing");
    boolean playing =
        fields
            .bool("playing")
            .orElseThrow(() -> new HttpException(400, "\"playing\" must be true or false"));
    if (!streams.setPlaying(id, playing)) {
      throw HttpException.notFound("stream", id);
    }
    return Json.of("playing", playing);
  }

  private static int status(CommandResult.Why why) {
    return switch (why) {
      case NO_SUCH_STREAM -> 404;
      case NOT_CONTROLLABLE, NOT_NOW -> 409;
      case FAILED -> 502;
    };
  }

  /** {@code POST /api/players/{id}}: any of volumePercent, muted, name, latencyMs. */
  Reply player(HttpCall call) {
    String id = call.path("id");
    Fields fields = Fields.of(call.json());
    fields.allow("volumePercent", "muted", "name", "latencyMs");
    var volume = fields.integer("volumePercent", 0, 100);
    var muted = fields.bool("muted");
    var name = fields.text("name");
    var latency = fields.integer("latencyMs", -10_000, 10_000);
    try {
      Player now =
          zones.snapshot().player(id).orElseThrow(() -> HttpException.notFound("player", id));
      if (volume.isPresent() || muted.isPresent()) {
        now =
            zones.setVolume(
                id, volume.orElse(now.volumePercent()), muted.orElse(now.muted()), this);
      }
      if (name.isPresent()) {
        now = zones.setName(id, name.get(), this);
      }
      if (latency.isPresent()) {
        now = zones.setLatency(id, latency.get(), this);
      }
      return Picture.player(now);
    } catch (ZoneException e) {
      throw notThere(e);
    }
  }

  /** {@code POST /api/groups/{id}}: any of streamId, muted, name. */
  Reply group(HttpCall call) {
    String id = call.path("id");
    Fields fields = Fields.of(call.json());
    fields.allow("streamId", "muted", "name");
    var streamId = fields.text("streamId");
    var muted = fields.bool("muted");
    var name = fields.text("name");
    try {
      if (streamId.isPresent()) {
        zones.setGroupStream(id, streamId.get(), this);
      }
      if (muted.isPresent()) {
        zones.setGroupMuted(id, muted.get(), this);
      }
      if (name.isPresent()) {
        zones.setGroupName(id, name.get(), this);
      }
    } catch (ZoneException e) {
      throw notThere(e);
    }
    return zones
        .snapshot()
        .group(id)
        .map(Picture::group)
        .orElseThrow(() -> HttpException.notFound("group", id));
  }

  private static HttpException notThere(ZoneException e) {
    return new HttpException(404, String.valueOf(e.getMessage()));
  }
}
