package dev.tutti.player.device;

import dev.tutti.api.json.Json;
import dev.tutti.player.status.PlayerStatus;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What can be called by HTTP, and how it is answered (S0-43 to S0-51). Any thread. */
final class Routes {
  private static final int MOST_TEXT = 4096;

  /** curl says the last one of whatever it sends, unless it is told otherwise. */
  private static final Set<String> TEXT_TYPES =
      Set.of("", "application/json", "application/x-www-form-urlencoded");

  private final Desk desk;
  private final Uploads uploads;
  private final Map<String, Map<String, Route>> routes = new TreeMap<>();

  /** Answers one kind of call. */
  @FunctionalInterface
  private interface Route {
    Answer answer(Request request) throws IOException, Problem;
  }

  Routes(Desk desk, Uploads uploads) {
    this.desk = desk;
    this.uploads = uploads;
    add("GET", "/status", _ -> Answer.of(desk.status()));
    add("GET", "/healthz", _ -> health());
    add("GET", "/metrics", _ -> new Answer(200, "text/plain; version=0.0.4", Figures.of(desk)));
    add("POST", "/play", _ -> play());
    add("POST", "/stop", _ -> stop());
    add("POST", "/volume", this::volume);
    add("POST", "/upload", this::upload);
    add("DELETE", "/upload", _ -> giveUp());
  }

  private void add(String method, String path, Route route) {
    routes.computeIfAbsent(path, _ -> new TreeMap<>()).put(method, route);
  }

  /**
   * Answers a call.
   *
   * @param method HEAD as GET
   * @throws Problem if it cannot be granted
   */
  Answer answer(String method, String path, Request request) throws IOException, Problem {
    Map<String, Route> methods = routes.get(path);
    if (methods == null) {
      throw new Problem(404, "there is no " + path + "; there are " + routes.keySet());
    }
    Route route = methods.get(method.equals("HEAD") ? "GET" : method);
    if (route == null) {
      Set<String> allowed = new TreeSet<>(methods.keySet());
      String list = allowed.stream().collect(Collectors.joining(", "));
      throw new Problem(405, path + " takes " + list, Map.of("Allow", list));
    }
    return route.answer(request);
  }

  private Answer play() throws IOException {
    desk.play();
    return Answer.of(Json.of("status", "playing", "mode", "snapcast"));
  }

  private Answer stop() throws IOException {
    desk.stop();
    return Answer.of(Json.of("status", "stopped"));
  }

  private Answer health() {
    PlayerStatus status = desk.device().status();
    Optional<String> complaint = status.complaint();
    boolean well = complaint.isEmpty() || status.fallback().mode().equals("fallback");
    return Answer.of(
        well ? 200 : 503,
        Json.of(
            "status", well ? "ok" : "failing", "mode", desk.mode(status), "complaint", complaint));
  }

  private Answer volume(Request request) throws IOException, Problem {
    if (!TEXT_TYPES.contains(request.type())) {
      throw new Problem(415, "expected application/json: {\"volume\": 0.8}");
    }
    String text = request.text(MOST_TEXT);
    Json json;
    try {
      json = Json.parse(text);
    } catch (IllegalArgumentException e) {
      throw new Problem(400, "expected JSON like {\"volume\": 0.8}: " + e.getMessage());
    }
    return Answer.of(desk.volume(number(json)).json());
  }

  /** A number, or a text that is one. */
  private static double number(Json json) throws Problem {
    Optional<Double> number = json.number("volume").map(Number::doubleValue);
    double value = number.or(() -> json.text("volume").flatMap(Routes::parsed)).orElse(Double.NaN);
    if (!Double.isFinite(value)) {
      throw new Problem(400, "volume must be numeric");
    }
    return value;
  }

  private static Optional<Double> parsed(String text) {
    try {
      return Optional.of(Double.parseDouble(text));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private Answer upload(Request request) throws IOException, Problem {
    Uploads.Taken taken = uploads.take(request);
    return Answer.of(
        Json.of(
            "status",
            "uploaded",
            "bytes",
            taken.bytes(),
            "seconds",
            Math.round(taken.seconds() * 10) / 10.0,
            "in_step",
            false));
  }

  private Answer giveUp() throws IOException, Problem {
    if (!desk.device().giveUpOwn()) {
      throw new Problem(404, "nothing was uploaded to this device");
    }
    return Answer.of(Json.of("status", "removed", "fallback_exists", desk.device().hasFallback()));
  }
}
