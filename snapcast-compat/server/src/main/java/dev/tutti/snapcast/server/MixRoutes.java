package dev.tutti.snapcast.server;

import dev.tutti.api.audio.MixJson;
import dev.tutti.api.audio.MixSettings;
import dev.tutti.api.http.Http;
import dev.tutti.api.http.HttpCall;
import dev.tutti.api.http.HttpException;
import dev.tutti.api.http.Reply;
import dev.tutti.api.json.Json;
import dev.tutti.api.zone.Group;
import dev.tutti.api.zone.Player;
import dev.tutti.api.zone.Zones;
import dev.tutti.api.zone.Zones.ZoneException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * {@code /api/players/ID/mix} and {@code /api/groups/ID/mix}: GET answers how it is heard, POST
 * sets it as a whole, so that {@code {}} stands for the stream as it is. Thread-safe.
 */
final class MixRoutes {
  private static final String VORBIS =
      "the stream is Vorbis, whose decoders begin anew at every change: it is heard as a short gap;"
          + " flac, opus and pcm change unheard";

  private final Zones zones;
  private final UnaryOperator<String> codecOf;

  /**
   * @param codecOf from a stream's id to its codec and options
   */
  MixRoutes(Zones zones, UnaryOperator<String> codecOf) {
    this.zones = zones;
    this.codecOf = codecOf;
  }

  void register(Http http) {
    http.get("/api/players/{id}/mix", call -> player(call.path("id")));
    http.post("/api/players/{id}/mix", this::setPlayer);
    http.get("/api/groups/{id}/mix", call -> group(call.path("id")));
    http.post("/api/groups/{id}/mix", this::setGroup);
  }

  private Reply player(String id) {
    Player player =
        zones.snapshot().player(id).orElseThrow(() -> HttpException.notFound("player", id));
    Group group = zones.snapshot().groupOf(id).orElseThrow();
    return answer(player.mix(), group);
  }

  private Reply group(String id) {
    Group group = zones.snapshot().group(id).orElseThrow(() -> HttpException.notFound("group", id));
    return answer(group.mix(), group);
  }

  private Reply setPlayer(HttpCall call) {
    String id = call.path("id");
    MixSettings mix = mix(call);
    found(() -> zones.setMix(id, mix, this));
    return player(id);
  }

  private Reply setGroup(HttpCall call) {
    String id = call.path("id");
    MixSettings mix = mix(call);
    found(() -> zones.setGroupMix(id, mix, this));
    return group(id);
  }

  private static MixSettings mix(HttpCall call) {
    try {
      return MixJson.read(call.json());
    } catch (IllegalArgumentException e) {
      throw new HttpException(400, String.valueOf(e.getMessage()));
    }
  }

  private static void found(Runnable change) {
    try {
      change.run();
    } catch (ZoneException e) {
      throw new HttpException(404, String.valueOf(e.getMessage()));
    }
  }

  private Reply answer(MixSettings mix, Group group) {
    Map<String, Json> members = new LinkedHashMap<>(MixJson.write(mix).members());
    boolean vorbis = codecOf.apply(group.streamId()).startsWith("ogg");
    if (vorbis && !group.mix().then(mix).none()) {
      members.put("note", new Json.Text(VORBIS));
    }
    return new Json.Obj(members);
  }
}
