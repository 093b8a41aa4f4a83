package dev.tutti.core.debug;

import dev.tutti.api.Metrics;
import dev.tutti.api.Metrics.Sample;
import dev.tutti.api.http.Http;
import dev.tutti.api.http.HttpException;
import dev.tutti.api.json.Json;
import dev.tutti.core.http.HttpServer;
import dev.tutti.core.plugins.PluginStatus;
import dev.tutti.core.streams.StreamEngine;
import dev.tutti.core.streams.StreamHealth;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * The state of streams, plugins, threads and buffers: {@code GET /api/debug} for the debug page,
 * and the same as metrics. Any thread.
 *
 * @param plugins asked each time
 */
public record DebugRoute(
    StreamEngine streams, Supplier<List<PluginStatus>> plugins, HttpServer http) {
  private static final int PATIENCE_MS = 1000;

  /** Registers the route and the figures. */
  public void register(Metrics metrics) {
    Machinery machinery = new Machinery();
    machinery.measure(metrics);
    measure(metrics);
    Http routes = http.forHost();
    routes.get("/api/debug", call -> report(machinery));
  }

  private Json report(Machinery machinery) {
    Map<String, Object> all = machinery.report();
    all.put("streams", health().stream().map(DebugRoute::json).toList());
    all.put("plugins", plugins.get().stream().map(DebugRoute::json).toList());
    all.put("httpConnections", http.connections());
    return Json.from(all);
  }

  private void measure(Metrics metrics) {
    metrics.gauge("http_connections", "HTTP connections and WebSockets", http::connections);
    stream(metrics, "listeners", "Those who take the stream's blocks", StreamHealth::listeners);
    stream(
        metrics,
        "ahead_seconds",
        "How far ahead of being heard the stream is rendered",
        h -> h.aheadMs() / 1e3);
    stream(
        metrics,
        "queued_seconds",
        "What a live source has captured and is not rendered yet",
        h -> h.queuedMs() / 1e3);
    stream(
        metrics,
        "input_frames_per_second",
        "How fast a live source delivers",
        StreamHealth::framesPerSecond);
    stream(
        metrics,
        "clock_ppm",
        "How much faster than nominal a live source with a clock of its own is read",
        StreamHealth::clockPpm);
    stream(
        metrics,
        "underruns",
        "How often audio stopped coming without a word",
        StreamHealth::underruns);
    stream(metrics, "sounding", "1 if there is sound", h -> h.sounding() ? 1 : 0);
    metrics.gauges(
        "plugin_state",
        "1 for the state each plugin is in",
        () ->
            plugins.get().stream()
                .map(p -> Sample.of(1, "plugin", p.id(), "state", state(p)))
                .toList());
  }

  private void stream(
      Metrics metrics, String name, String help, ToDoubleFunction<StreamHealth> value) {
    metrics.gauges(
        "stream_" + name,
        help,
        () ->
            health().stream()
                .map(h -> Sample.of(value.applyAsDouble(h), "stream", h.id()))
                .toList());
  }

  /** Asks the thread that renders; it answers between two steps. */
  private List<StreamHealth> health() {
    try {
      return streams.health().get(PATIENCE_MS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    } catch (ExecutionException | TimeoutException e) {
      throw new HttpException(503, "the streams do not answer; see the log");
    }
  }

  private static String state(PluginStatus plugin) {
    return plugin.state().name().toLowerCase(Locale.ROOT);
  }

  private static Json json(PluginStatus plugin) {
    return Json.of(
        "id", plugin.id(),
        "version", plugin.version(),
        "state", state(plugin),
        "reason", plugin.reason(),
        "threads", plugin.threads(),
        "holds", plugin.holds(),
        "errors", plugin.errors(),
        "starts", plugin.starts());
  }

  private static Json json(StreamHealth h) {
    return Json.of(
        "id", h.id(),
        "kind", h.kind(),
        "sounding", h.sounding(),
        "listeners", h.listeners(),
        "aheadMs", h.aheadMs(),
        "queuedMs", h.queuedMs(),
        "framesPerSecond", h.framesPerSecond(),
        "clock", h.clocking().name().toLowerCase(Locale.ROOT).replace('_', ' '),
        "clockPpm", h.clockPpm(),
        "underruns", h.underruns(),
        "problem", h.problem());
  }
}
