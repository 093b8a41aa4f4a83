package dev.tutti.player.session;

import dev.tutti.player.clock.ClockView;
import dev.tutti.snapcast.protocol.Mark;
import dev.tutti.snapcast.protocol.Message;
import dev.tutti.snapcast.protocol.PlayerExtension;
import dev.tutti.snapcast.protocol.Replace;
import dev.tutti.snapcast.protocol.Report;
import dev.tutti.snapcast.protocol.ServerExtension;
import dev.tutti.snapcast.protocol.ServerSettings;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Announces that this player reports how it does, and knows when a server that answered gets the
 * next report and what is in it: all numbers within what the protocol allows. A step function, for
 * the session's thread; {@link #server} and {@link #report} are for any.
 */
final class Reporter {
  /** Soon enough for whoever watches a player come in; the clock is known by then. */
  private static final long FIRST_MICROS = 500_000;

  private static final long EVERY_MICROS = 2_000_000;
  private static final long NEVER = Long.MAX_VALUE;
  private static final int UNKNOWN = -1;

  private final Optional<Supplier<Vitals>> vitals;
  private final int depthMs;
  private long nextAt = NEVER;
  private volatile Optional<ServerExtension> server = Optional.empty();

  /**
   * @param vitals how the sound is; without, nothing is announced
   * @param depthMs how long before they are heard chunks are asked for; 0 for when they are due
   */
  Reporter(Optional<Supplier<Vitals>> vitals, int depthMs) {
    this.vitals = vitals;
    this.depthMs = depthMs;
  }

  /** What a server is told that this player speaks beyond Snapcast. */
  Optional<PlayerExtension> announcement() {
    return vitals.map(_ ->
        new PlayerExtension(
            PlayerExtension.VERSION,
            Set.of(PlayerExtension.REPORT),
            depthMs,
            depthMs == 0 ? 0 : ChunkQueue.DEPTH_BYTES,
            Identity.programVersion()));
  }

  /** What the server answered to that; nothing if it is a stock server, or not connected. */
  Optional<ServerExtension> server() {
    return server;
  }

  /** The server's settings have come, with or without an answer to what was announced. */
  void told(ServerSettings settings, long nowMicros) {
    server = vitals.isPresent() ? settings.extension() : Optional.empty();
    if (server.isEmpty()) {
      nextAt = NEVER;
    } else if (nextAt == NEVER) {
      nextAt = nowMicros + FIRST_MICROS;
    }
  }

  /** The connection has ended. */
  void end() {
    server = Optional.empty();
    nextAt = NEVER;
  }

  /** Whether a message is of a type that may come from the server, but is of no use to us. */
  boolean passesOver(int type) {
    boolean known = depthMs > 0 && (type == Replace.TYPE || type == Mark.TYPE);
    return server.isPresent() && type >= Message.FIRST_EXTENSION && !known;
  }

  /** When {@link #due} has the next; may be never. */
  long nextAt() {
    return nextAt;
  }

  /** How the sound is, if that is to be reported now; then the next report is due later. */
  Optional<Vitals> due(long nowMicros) {
    if (nowMicros < nextAt) {
      return Optional.empty();
    }
    nextAt = nowMicros + EVERY_MICROS;
    return vitals.map(Supplier::get);
  }

  /**
   * Puts a report together.
   *
   * @param inHandMicros how long the sound in hand lasts
   * @param roundTripMicros 0 if unknown
   */
  static Report report(
      Vitals vitals,
      ClockView clock,
      Counts counts,
      double inHandMicros,
      double roundTripMicros,
      long nowMicros) {
    boolean known = clock.known();
    // At rest there is no error of the device.
    double likely =
        vitals.playing() ? vitals.likelyMicros() : clock.likelyErrorMicros((double) nowMicros);
    return new Report(
        vitals.playing(),
        micros(vitals.errorMicros()),
        known ? distance(likely) : UNKNOWN,
        known ? distance(clock.boundMicros((double) nowMicros)) : UNKNOWN,
        ppb(clock.driftPpm()),
        ppb(vitals.devicePpm()),
        ppb(vitals.steeringPpm()),
        Math.clamp(Math.round(inHandMicros / 1000), 0, Report.MAX_BUFFER_MS),
        count(vitals.underruns()),
        count(vitals.resyncs()),
        count(vitals.deviceBreaks()),
        count(counts.late()),
        distance(vitals.deviceDelayMicros()),
        roundTripMicros > 0 ? distance(roundTripMicros) : UNKNOWN,
        text(vitals.output()),
        text(vitals.software()),
        vitals.fallback());
  }

  private static int micros(double value) {
    return Math.clamp(Math.round(value), -Report.MAX_MICROS, Report.MAX_MICROS);
  }

  private static int distance(double value) {
    return Math.max(0, micros(value));
  }

  private static int ppb(double ppm) {
    return Math.clamp(Math.round(ppm * 1000), -Report.MAX_PPB, Report.MAX_PPB);
  }

  private static int count(long value) {
    return Math.clamp(value, 0, Integer.MAX_VALUE);
  }

  private static String text(String text) {
    String printable = text.replaceAll("\\p{Cntrl}", " ");
    return printable.substring(0, Math.min(printable.length(), Report.MAX_TEXT));
  }
}
