package dev.tutti.player.status;

import dev.tutti.snapcast.protocol.Report;

/** Statuses of players that do well, to begin with. */
public final class Statuses {
  private Statuses() {}

  public static PlayerStatus playing(int instance) {
    return of(instance, true, "attic:1704", true, 980, 12);
  }

  public static PlayerStatus of(
      int instance, boolean connected, String server, boolean playing, int bufferMs, long taken) {
    return with(instance, connected, server, taken, report(playing, bufferMs, 35, 410, 900));
  }

  /** One that is connected, and whose clock has not met the server's yet. */
  public static PlayerStatus unsettled(int instance) {
    return with(instance, true, "attic:1704", 12, report(false, 0, -1, -1, -1));
  }

  private static Report report(boolean playing, int bufferMs, int likely, int bound, int way) {
    return new Report(
        playing,
        -12,
        likely,
        bound,
        -17_250,
        4_000,
        -21_250,
        bufferMs,
        1,
        2,
        3,
        4,
        31_500,
        way,
        "ALSA \"hw:0\"",
        "Tutti 0.1.0");
  }

  private static PlayerStatus with(
      int instance, boolean connected, String server, long taken, Report report) {
    return new PlayerStatus(
        instance,
        4711,
        7_260_000,
        connected,
        connected ? 65_000 : 0,
        true,
        server,
        "flac 48000:16:2",
        1000,
        0,
        45,
        false,
        taken,
        new PlayerStatus.Fallback("stream", 2, 61_000, "Tutti: first light"),
        850,
        false,
        report);
  }

  /** The same, at another volume. */
  public static PlayerStatus withVolume(PlayerStatus s, int percent) {
    return copy(s, s.connected(), percent, s.fallback(), s.needsMore());
  }

  /** The same, cut off and playing something else. */
  public static PlayerStatus cutOff(PlayerStatus s, String mode) {
    PlayerStatus.Fallback was = s.fallback();
    return copy(
        s,
        false,
        s.volumePercent(),
        new PlayerStatus.Fallback(mode, was.switches() + 1, was.playedMs(), was.sound()),
        s.needsMore());
  }

  /** The same, whose server says that more should be in hand. */
  public static PlayerStatus needingMore(PlayerStatus s) {
    return copy(s, s.connected(), s.volumePercent(), s.fallback(), true);
  }

  private static PlayerStatus copy(
      PlayerStatus s,
      boolean connected,
      int percent,
      PlayerStatus.Fallback fallback,
      boolean needsMore) {
    return new PlayerStatus(
        s.instance(),
        s.pid(),
        s.uptimeMs(),
        connected,
        connected ? s.connectedMs() : 0,
        s.tutti(),
        s.server(),
        s.stream(),
        s.bufferMs(),
        s.latencyMs(),
        percent,
        s.muted(),
        s.sinceTakenMs(),
        fallback,
        s.holdoverErrorMicros(),
        needsMore,
        s.report());
  }
}
