package dev.tutti.core.http;

import dev.tutti.api.http.Http;
import dev.tutti.api.http.HttpReply;
import dev.tutti.api.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/**
 * What the host itself says over HTTP: {@code GET /metrics}, {@code GET /api/plugins}.
 *
 * @param metrics all figures as Prometheus text
 * @param plugins the plugins and how they are, for the command line
 */
public record HostRoutes(Supplier<String> metrics, Supplier<Json> plugins) {
  private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

  /** Registers the routes with the host's own facade, {@link HttpServer#forHost}. */
  public void register(Http http) {
    http.get(
        "/metrics",
        call -> HttpReply.of(200, PROMETHEUS, metrics.get().getBytes(StandardCharsets.UTF_8)));
    http.get("/api/plugins", call -> plugins.get());
  }
}
