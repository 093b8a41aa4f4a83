package dev.tutti.snapcast.server;

import dev.tutti.api.Metrics;
import dev.tutti.api.Metrics.Sample;
import dev.tutti.api.json.Json;
import dev.tutti.snapcast.protocol.Report;
import dev.tutti.snapcast.sessions.SessionReport;
import dev.tutti.snapcast.sessions.SessionReport.FromPlayer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * Lets others see what Tutti's players say of themselves: {@code GET /api/reports}, and the same as
 * metrics by client. A player that is gone, or has said nothing for a while, is not there. Any
 * thread but the stream server's.
 */
final class PlayerSight {
  private static final List<String> MODES = List.of("stream", "fallback", "stopped");

  private final Supplier<List<SessionReport>> sessions;

  /**
   * @param sessions how each connection does; where two use one id, the later counts
   */
  PlayerSight(Supplier<List<SessionReport>> sessions) {
    this.sessions = sessions;
  }

  private Map<String, FromPlayer> reports() {
    Map<String, FromPlayer> reports = new LinkedHashMap<>();
    for (SessionReport session : sessions.get()) {
      session.player().ifPresent(report -> reports.put(session.clientId(), report));
    }
    return reports;
  }

  /** For the page: a list of what each player said last. */
  Json report() {
    return Json.of(
        "reports",
        reports().entrySet().stream()
            .map(e -> Json.of("client", e.getKey(), "report", json(e.getValue())))
            .toList());
  }

  static Json json(FromPlayer from) {
    Report r = from.report();
    return Json.of(
        "ageMs", from.ageMicros() / 1000,
        "playing", r.playing(),
        "errorMicros", r.errorMicros(),
        "likelyMicros", r.likelyMicros(),
        "boundMicros", r.boundMicros(),
        "driftPpm", r.driftPpb() / 1e3,
        "devicePpm", r.devicePpb() / 1e3,
        "steeringPpm", r.steeringPpb() / 1e3,
        "bufferMs", r.bufferMs(),
        "underruns", r.underruns(),
        "resyncs", r.resyncs(),
        "deviceBreaks", r.deviceBreaks(),
        "lateChunks", r.lateChunks(),
        "deviceDelayMicros", r.deviceDelayMicros(),
        "roundTripMicros", r.roundTripMicros(),
        "mode", r.fallback().mode(),
        "degraded", from.degraded(),
        "fallbackReady", r.fallback().ready(),
        "switches", r.fallback().switches(),
        "fallbackSeconds", r.fallback().playedSeconds(),
        "fallbackErrorMicros", r.fallback().errorMicros(),
        "output", r.output(),
        "software", r.software());
  }

  /** Registers a series of each figure for each player that reports. */
  void measure(Metrics metrics) {
    player(metrics, "playing", "1 while it plays sound", r -> r.playing() ? 1 : 0);
    player(
        metrics,
        "sync_error_seconds",
        "How much too early it plays, as far as it can know",
        r -> r.errorMicros() / 1e6);
    player(
        metrics,
        "sync_likely_seconds",
        "What it cannot know is usually within this; NaN if unknown",
        r -> known(r.likelyMicros()));
    player(
        metrics,
        "sync_bound_seconds",
        "The error of its clock is certainly within this; NaN if unknown",
        r -> known(r.boundMicros()));
    player(metrics, "clock_drift_ppm", "Server clock against its clock", r -> r.driftPpb() / 1e3);
    player(metrics, "device_ppm", "Its device against its clock", r -> r.devicePpb() / 1e3);
    player(metrics, "steering_ppm", "Its sound against its device", r -> r.steeringPpb() / 1e3);
    player(
        metrics,
        "buffer_seconds",
        "How long it could play on if nothing more came",
        r -> r.bufferMs() / 1e3);
    player(metrics, "underruns", "How often it had nothing more to play", Report::underruns);
    player(metrics, "resyncs", "How often it had to jump", Report::resyncs);
    player(metrics, "device_breaks", "How often its device stopped", Report::deviceBreaks);
    player(metrics, "late_chunks", "Chunks that came too late to be played", Report::lateChunks);
    player(
        metrics,
        "device_delay_seconds",
        "From its device to the ear",
        r -> r.deviceDelayMicros() / 1e6);
    player(
        metrics,
        "round_trip_seconds",
        "Way to the server and back; NaN if unknown",
        r -> known(r.roundTripMicros()));
    measureFallback(metrics);
  }

  private void measureFallback(Metrics metrics) {
    metrics.gauges(
        "player_mode",
        "1 for what it plays: stream, fallback or stopped",
        () -> reports().entrySet().stream().flatMap(PlayerSight::modes).toList());
    metrics.gauges(
        "player_degraded",
        "1 while it plays on from what is in hand, or its route needs more of it than there is",
        () ->
            reports().entrySet().stream()
                .map(e -> Sample.of(e.getValue().degraded() ? 1 : 0, "client", e.getKey()))
                .toList());
    player(
        metrics,
        "fallback_ready",
        "1 if it has something to play when the server is gone",
        r -> r.fallback().ready() ? 1 : 0);
    player(
        metrics,
        "fallback_switches",
        "How often it crossed over to its fallback",
        r -> r.fallback().switches());
    player(
        metrics,
        "fallback_seconds",
        "How long it played its fallback",
        r -> r.fallback().playedSeconds());
    player(
        metrics,
        "fallback_error_seconds",
        "How far its fallback may be off that of other rooms; NaN if unknown",
        r -> known(r.fallback().errorMicros()));
  }

  private static Stream<Sample> modes(Map.Entry<String, FromPlayer> from) {
    String mode = from.getValue().report().fallback().mode();
    return mode.isEmpty()
        ? Stream.empty()
        : MODES.stream()
            .map(m -> Sample.of(m.equals(mode) ? 1 : 0, "client", from.getKey(), "mode", m));
  }

  private static double known(int micros) {
    return micros < 0 ? Double.NaN : micros / 1e6;
  }

  private void player(Metrics metrics, String name, String help, ToDoubleFunction<Report> value) {
    metrics.gauges(
        "player_" + name,
        help,
        () ->
            reports().entrySet().stream()
                .map(e ->
                    Sample.of(value.applyAsDouble(e.getValue().report()), "client", e.getKey()))
                .toList());
  }
}
