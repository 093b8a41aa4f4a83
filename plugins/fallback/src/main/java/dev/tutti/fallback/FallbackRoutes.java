package dev.tutti.fallback;

import dev.tutti.api.access.Scope;
import dev.tutti.api.http.FileReply;
import dev.tutti.api.http.Http;
import dev.tutti.api.http.HttpCall;
import dev.tutti.api.http.HttpException;
import dev.tutti.api.http.HttpReply;
import dev.tutti.api.http.Reply;
import dev.tutti.api.json.Json;
import dev.tutti.audio.fallback.ManifestJson;
import dev.tutti.audio.fallback.PackManifest;
import dev.tutti.fallback.FallbackDesk.Order;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** {@code /api/fallback}, as docs/fallback.md describes it. Thread-safe. */
final class FallbackRoutes {
  private static final String ROOT = "/api/fallback";
  private static final int MAX_NAME = 200;
  private static final int MAX_PORT = 65_535;

  /** Shorter than what connections may be idle. */
  private static final int MAX_WAIT_SECONDS = 20;

  private final FallbackDesk desk;
  private final PackStore store;
  private final Workshop workshop;
  private final FallbackStatus status;
  private final FirstPack first;
  private final Neighbours neighbours;
  private final long maxUploadBytes;

  FallbackRoutes(
      FallbackDesk desk,
      PackStore store,
      Workshop workshop,
      FallbackStatus status,
      FirstPack first,
      Neighbours neighbours,
      long maxUploadBytes) {
    this.desk = desk;
    this.store = store;
    this.workshop = workshop;
    this.status = status;
    this.first = first;
    this.neighbours = neighbours;
    this.maxUploadBytes = maxUploadBytes;
  }

  void register(Http http) {
    http.get(ROOT, call -> overview());
    http.get(ROOT + "/manifest/{id}", call -> ManifestJson.write(desk.served(pack(call))));
    http.get(ROOT + "/file/{id}", this::file);
    http.get(ROOT + "/player/{player}", this::player);
    http.get(ROOT + "/jobs/{job}", this::job);
    http.upload("POST", ROOT + "/packs", maxUploadBytes, this::upload);
    http.route("DELETE", ROOT + "/packs/{id}", this::remove);
    http.route("PUT", ROOT + "/groups/{group}", this::assign);
    http.post(ROOT + "/sync", this::sync);
  }

  private Reply overview() {
    first.wanted();
    return status.json();
  }

  private Pack pack(HttpCall call) {
    String id = call.path("id");
    return store.find(id).orElseThrow(() -> HttpException.notFound("pack", id));
  }

  /** Never changes under its name, so it may be kept for ever. */
  private Reply file(HttpCall call) {
    Pack pack = pack(call);
    return FileReply.of(pack.file(), "audio/flac")
        .with("ETag", "\"" + pack.id() + "\"")
        .with("Cache-Control", "public, max-age=31536000, immutable");
  }

  /** What a player is to have; waits for news if it knows everything already. */
  private Reply player(HttpCall call) throws InterruptedException {
    first.wanted();
    String player = call.path("player");
    String have = call.query("have").orElse("");
    if (!have.isEmpty() && !PackManifest.isId(have)) {
      throw new HttpException(400, "\"have\" must be the SHA-256 of a pack, or empty");
    }
    if (player.length() > 256) {
      throw new HttpException(400, "a player's id has at most 256 characters");
    }
    if (call.query("have").isPresent()) {
      desk.report(player, have);
    }
    boolean listens = listens(call, player);
    Duration patience = wait(call);
    long since = whole(call, "since", -1);
    if (!patience.isZero()) {
      desk.revision().awaitOtherThan(since, patience);
    }
    Order order = desk.orderFor(player, have);
    return Json.of(
        "revision",
        order.revision(),
        "fetch",
        order.fetch(),
        "pack",
        order.pack().map(ManifestJson::write),
        "file",
        order.pack().map(pack -> ROOT.substring(1) + "/file/" + pack.id()),
        "peers",
        listens ? Optional.of(neighbours.of(player)) : Optional.empty());
  }

  /** Whether the player listens for others, and says where. */
  private boolean listens(HttpCall call, String player) {
    long port = whole(call, "listens", 0);
    if (port > MAX_PORT) {
      throw new HttpException(400, "\"listens\" must be a port");
    }
    if (port > 0 && neighbours.heard(player, call.remote(), (int) port)) {
      desk.changed();
    }
    return port > 0;
  }

  private static Duration wait(HttpCall call) {
    long seconds = whole(call, "wait", 0);
    if (seconds > MAX_WAIT_SECONDS) {
      throw new HttpException(400, "\"wait\" must be 0 to " + MAX_WAIT_SECONDS + " seconds");
    }
    return Duration.ofSeconds(seconds);
  }

  private static long whole(HttpCall call, String name, long otherwise) {
    String text = call.query(name).orElse("");
    if (text.isEmpty()) {
      return otherwise;
    }
    if (!text.matches("\\d{1,18}")) {
      throw new HttpException(400, "\"" + name + "\" must be a whole number");
    }
    return Long.parseLong(text);
  }

  private Reply upload(HttpCall call) {
    call.require(Scope.ADMIN);
    String name = call.query("name").orElse("").strip();
    if (name.isEmpty() || name.length() > MAX_NAME) {
      throw new HttpException(
          400, "say what it is called: ?name=… with 1 to " + MAX_NAME + " characters");
    }
    List<String> groups = groups(call);
    Job job =
        workshop.receive(
            name,
            call.bodyStream(),
            pack -> {
              desk.changed();
              if (!groups.isEmpty()) {
                desk.assign(groups, pack.id());
              }
            });
    return HttpReply.of(202, "application/json", job.json().body())
        .with("Location", "jobs/" + job.id());
  }

  private List<String> groups(HttpCall call) {
    List<String> groups = new ArrayList<>();
    for (String name : Arrays.asList(call.query("assign").orElse("").split(",", -1))) {
      if (!name.isBlank()) {
        groups.add(name.equals(FallbackDesk.ALL) ? name : desk.groupId(name.strip()));
      }
    }
    return groups;
  }

  private Reply job(HttpCall call) throws InterruptedException {
    String id = call.path("job");
    Job job = workshop.job(id).orElseThrow(() -> HttpException.notFound("job", id));
    job.await(wait(call));
    return job.json();
  }

  private Reply remove(HttpCall call) throws IOException {
    call.require(Scope.ADMIN);
    desk.remove(call.path("id"));
    return HttpReply.empty();
  }

  private Reply assign(HttpCall call) {
    call.require(Scope.ADMIN);
    Json body = call.json();
    String pack =
        body.get("pack").filter(Json.Null.class::isInstance).isPresent()
            ? ""
            : body.text("pack")
                .orElseThrow(() ->
                    new HttpException(400, "send {\"pack\": ID}, or null for none of its own"));
    desk.assign(List.of(call.path("group")), pack);
    return status.json();
  }

  private Reply sync(HttpCall call) {
    call.require(Scope.ADMIN);
    return Json.of("fetching", desk.syncAll());
  }
}
