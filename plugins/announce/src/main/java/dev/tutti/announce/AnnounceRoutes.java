package dev.tutti.announce;

import dev.tutti.api.access.Scope;
import dev.tutti.api.audio.AudioClip;
import dev.tutti.api.cue.Cue;
import dev.tutti.api.cue.Cues;
import dev.tutti.api.http.Http;
import dev.tutti.api.http.HttpCall;
import dev.tutti.api.http.HttpException;
import dev.tutti.api.http.HttpReply;
import dev.tutti.api.http.Reply;
import dev.tutti.api.json.Json;
import dev.tutti.api.service.Services.Service;
import dev.tutti.api.zone.Group;
import dev.tutti.api.zone.Player;
import dev.tutti.api.zone.ZoneSnapshot;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * {@code POST /api/announce}, with a JSON object that names a sound, or with the sound itself as
 * the body and the rest as parameters; {@code GET /api/announce}; {@code DELETE /api/announce/ID}.
 * Thread-safe.
 */
final class AnnounceRoutes {
  private final Announcer announcer;
  private final Clips clips;
  private final Supplier<ZoneSnapshot> zones;
  private final Service<Cues> cues;

  AnnounceRoutes(
      Announcer announcer, Clips clips, Supplier<ZoneSnapshot> zones, Service<Cues> cues) {
    this.announcer = announcer;
    this.clips = clips;
    this.zones = zones;
    this.cues = cues;
  }

  void register(Http http) {
    http.route("POST", "/api/announce", Clips.MAX_BYTES, this::announce);
    http.get("/api/announce", call -> Json.of("announcements", announcer.list()));
    http.route("DELETE", "/api/announce/{id}", this::cancel);
  }

  private Reply announce(HttpCall call) {
    call.require(Scope.ADMIN);
    boolean json = call.header("Content-Type").orElse("").startsWith("application/json");
    Wish wish = json ? Wish.of(call.json()) : Wish.ofQuery(parameters(call));
    boolean named = !wish.file().isEmpty() || !wish.url().isEmpty();
    if (json != named || (!wish.file().isEmpty() && !wish.url().isEmpty())) {
      throw new HttpException(
          400, "say one of: \"file\" or \"url\" in a JSON body, or a body that is the audio");
    }
    Cues stage =
        cues.get()
            .orElseThrow(() ->
                new HttpException(
                    503, "nothing here can play it: is the plugin snapcast running?"));
    ZoneSnapshot now = zones.get();
    List<Player> players = Rooms.find(now, wish.rooms());
    List<Player> muted = players.stream().filter(p -> muted(now, p)).toList();
    check(wish, players, muted, stage);
    Cue cue = cue(wish, clip(wish, call));
    String name = named ? wish.file() + wish.url() : "what was sent";
    Json answer =
        announcer.announce(name, cue, ids(players), wish.priority(), wish.mode().equals("cut"));
    Map<String, Json> members = new LinkedHashMap<>(((Json.Obj) answer).members());
    if (!wish.muted() && !muted.isEmpty()) {
      members.put("muted", Json.array(ids(muted)));
    }
    return new Json.Obj(members);
  }

  private static Map<String, String> parameters(HttpCall call) {
    return call.queryNames().stream()
        .collect(Collectors.toMap(name -> name, name -> call.query(name).orElse("")));
  }

  private AudioClip clip(Wish wish, HttpCall call) {
    if (!wish.file().isEmpty()) {
      return clips.file(wish.file());
    }
    return wish.url().isEmpty() ? clips.upload(call.body()) : clips.url(wish.url());
  }

  private static Set<String> ids(List<Player> players) {
    return players.stream().map(Player::id).collect(Collectors.toSet());
  }

  private static boolean muted(ZoneSnapshot zones, Player player) {
    return player.muted() || zones.groupOf(player.id()).map(Group::muted).orElse(false);
  }

  /** Refuses what nobody would hear. */
  private static void check(Wish wish, List<Player> players, List<Player> muted, Cues cues) {
    if (players.stream().noneMatch(Player::connected)) {
      throw new HttpException(409, "nobody is connected in " + String.join(", ", wish.rooms()));
    }
    if (!wish.muted() && muted.size() == players.size()) {
      throw new HttpException(
          409,
          String.join(", ", wish.rooms()) + " is muted; \"muted\": true reaches it all the same");
    }
    Map<String, String> obstacles = cues.obstacles(ids(players));
    if (!obstacles.isEmpty()) {
      throw new HttpException(409, String.join("; ", obstacles.values()));
    }
  }

  private static Cue cue(Wish wish, AudioClip clip) {
    try {
      return new Cue(
          clip,
          wish.gainDb(),
          wish.duckDb(),
          Duration.ofMillis(wish.attackMs()),
          Duration.ofMillis(wish.releaseMs()),
          wish.muted());
    } catch (IllegalArgumentException e) {
      throw new HttpException(400, String.valueOf(e.getMessage()));
    }
  }

  private Reply cancel(HttpCall call) {
    call.require(Scope.ADMIN);
    String id = call.path("id");
    try {
      if (announcer.cancel(Long.parseLong(id))) {
        return HttpReply.empty();
      }
    } catch (NumberFormatException e) {
      throw HttpException.notFound("announcement", id);
    }
    throw HttpException.notFound("announcement", id);
  }
}
