package dev.tutti.snapcast.server;

import dev.tutti.api.Clock;
import dev.tutti.api.Metrics;
import dev.tutti.api.Metrics.Sample;
import dev.tutti.api.http.HttpException;
import dev.tutti.api.json.Json;
import dev.tutti.api.zone.Zones;
import dev.tutti.snapcast.sessions.FeedReport;
import dev.tutti.snapcast.sessions.SessionReport;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Lets others see how sessions and encoders do: {@code GET /api/debug/snapcast}, and the same as
 * metrics. What the two threads say holds for a second, so that all figures of one look are of one
 * moment. Any thread but those two.
 */
final class Sight {
  private static final int PATIENCE_MS = 1000;
  private static final long FRESH_MICROS = 1_000_000;

  private final StreamShell shell;
  private final Clock clock;
  private @Nullable Look last;

  private record Look(long atMicros, List<SessionReport> sessions, List<FeedReport> encoders) {}

  Sight(StreamShell shell, Clock clock) {
    this.shell = shell;
    this.clock = clock;
  }

  /** For the debug page. */
  Json report() {
    Look look = look();
    return Json.of(
        "sessions", look.sessions().stream().map(Sight::json).toList(),
        "encoders", look.encoders().stream().map(Sight::json).toList(),
        "droppedChunks", shell.counts().droppedChunks(),
        "refused", shell.counts().refused(),
        "absurdReports", shell.counts().absurdReports());
  }

  /** How each connection does. */
  List<SessionReport> sessions() {
    return look().sessions();
  }

  /** Registers the figures of sessions and encoders; one series for each client that is there. */
  void measure(Metrics metrics) {
    session(
        metrics, "waiting_bytes", "Control bytes that wait for room", SessionReport::waitingBytes);
    session(
        metrics, "waiting_chunks", "Chunks due and not on their way", SessionReport::waitingChunks);
    session(metrics, "dropped_chunks", "Chunks left out as too late", SessionReport::droppedChunks);
    session(
        metrics,
        "round_trip_seconds",
        "Way there and back, at most; NaN if unknown",
        s -> s.roundTripMicros() < 0 ? Double.NaN : s.roundTripMicros() / 1e6);
    session(
        metrics,
        "reply_age_seconds",
        "How long the last Time request waited for its reply",
        s -> s.replyAgeMicros() / 1e6);
    session(
        metrics,
        "worst_reply_age_seconds",
        "The longest that a Time request has waited",
        s -> s.worstReplyAgeMicros() / 1e6);
    session(
        metrics,
        "since_time_seconds",
        "Since the last Time request came",
        s -> s.sinceTimeMicros() / 1e6);
    encoder(metrics, "chunks", "Chunks made", FeedReport::chunks);
    encoder(metrics, "bytes", "Bytes of chunks made", FeedReport::bytes);
    encoder(metrics, "holes", "Blocks missing when they were due", FeedReport::holes);
    encoder(metrics, "ahead_seconds", "Ahead of being heard", f -> f.aheadMs() / 1e3);
  }

  /** Registers whether each client that is known is there. */
  static void measureClients(Metrics metrics, Zones zones) {
    metrics.gauges(
        "snapcast_client_connected",
        "1 for a known client that is connected, 0 for one that is not",
        () ->
            zones.snapshot().groups().stream()
                .flatMap(g -> g.players().stream())
                .map(p -> Sample.of(p.connected() ? 1 : 0, "client", p.id()))
                .toList());
  }

  private void session(
      Metrics metrics, String name, String help, ToDoubleFunction<SessionReport> value) {
    metrics.gauges(
        "snapcast_session_" + name,
        help,
        () ->
            look().sessions().stream()
                .map(s ->
                    Sample.of(
                        value.applyAsDouble(s), "client", s.clientId(), "address", s.address()))
                .toList());
  }

  private void encoder(
      Metrics metrics, String name, String help, ToDoubleFunction<FeedReport> value) {
    metrics.gauges(
        "snapcast_encoder_" + name,
        help,
        () ->
            look().encoders().stream()
                .map(f -> Sample.of(value.applyAsDouble(f), "feed", f.feed(), "codec", f.codec()))
                .toList());
  }

  private synchronized Look look() {
    Look known = last;
    long now = clock.nowMicros();
    if (known != null && now - known.atMicros() < FRESH_MICROS) {
      return known;
    }
    CompletableFuture<List<SessionReport>> sessions = new CompletableFuture<>();
    CompletableFuture<List<FeedReport>> encoders = new CompletableFuture<>();
    shell.post((all, at) -> sessions.complete(all.report(at)));
    shell.reportFeeds(encoders::complete);
    Look fresh = new Look(now, answer(sessions), answer(encoders));
    last = fresh;
    return fresh;
  }

  private static <T> T answer(CompletableFuture<T> asked) {
    try {
      return asked.get(PATIENCE_MS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HttpException(503, "interrupted");
    } catch (ExecutionException | TimeoutException e) {
      throw new HttpException(503, "the stream server does not answer; see the log");
    }
  }

  private static Json json(SessionReport s) {
    return Json.of(
        "client", s.clientId(),
        "host", s.hostName(),
        "software", s.software(),
        "address", s.address(),
        "feed", s.feed(),
        "codec", s.codec(),
        "bufferMs", s.bufferMs(),
        "muted", s.muted(),
        "connectedMs", s.connectedMicros() / 1000,
        "waitingBytes", s.waitingBytes(),
        "waitingChunks", s.waitingChunks(),
        "stuckMs", s.stuckMicros() / 1000,
        "droppedChunks", s.droppedChunks(),
        "roundTripMicros", s.roundTripMicros(),
        "replyAgeMicros", s.replyAgeMicros(),
        "worstReplyAgeMicros", s.worstReplyAgeMicros(),
        "sinceTimeMs", s.sinceTimeMicros() / 1000,
        "player", s.player().map(PlayerSight::json));
  }

  private static Json json(FeedReport f) {
    return Json.of(
        "feed", f.feed(),
        "codec", f.codec(),
        "format", f.format(),
        "leadMs", f.leadMs(),
        "aheadMs", f.aheadMs(),
        "chunks", f.chunks(),
        "bytes", f.bytes(),
        "holes", f.holes());
  }
}
