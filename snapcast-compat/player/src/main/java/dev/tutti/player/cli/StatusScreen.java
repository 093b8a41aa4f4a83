package dev.tutti.player.cli;

import dev.tutti.player.status.EdgeStatus;
import dev.tutti.player.status.PlayerStatus;
import dev.tutti.snapcast.protocol.Report;
import java.util.Locale;

/** A player's status, or an edge's, as a screen of text. */
final class StatusScreen {
  private static final int NAME_WIDTH = 10;
  private static final String NOT_YET = "not known yet";

  private final StringBuilder out = new StringBuilder(1024);

  private StatusScreen() {}

  /** Lines, each with its end. */
  static String of(PlayerStatus status) {
    StatusScreen screen = new StatusScreen();
    screen.about(status);
    screen.sound(status);
    return screen.out.toString();
  }

  /** As for a player, with the client that an edge stands for. */
  static String of(EdgeStatus status) {
    StatusScreen screen = new StatusScreen();
    screen.line(
        "edge",
        status.host()
            + ":"
            + status.port()
            + ", process "
            + status.pid()
            + ", up "
            + duration(status.uptimeMs()));
    screen.line("client", client(status));
    status
        .player()
        .ifPresent(player -> {
          screen.about(player);
          screen.sound(player);
        });
    return screen.out.toString();
  }

  private static String client(EdgeStatus s) {
    return s.present() ? s.client() : s.complaint().orElse("");
  }

  private void about(PlayerStatus s) {
    line(
        "player",
        s.report().software()
            + "; instance "
            + s.instance()
            + ", process "
            + s.pid()
            + ", up "
            + duration(s.uptimeMs()));
    line("server", server(s));
    line(
        "stream",
        (s.stream().isEmpty() ? "none yet" : s.stream())
            + "; heard "
            + s.bufferMs()
            + " ms after it was captured"
            + (s.latencyMs() == 0 ? "" : ", this room " + s.latencyMs() + " ms earlier"));
    line("volume", s.volumePercent() + " %" + (s.muted() ? ", muted" : ""));
    PlayerStatus.Fallback fallback = s.fallback();
    if (!fallback.mode().isEmpty()) {
      line(
          "fallback",
          (fallback.sound().isEmpty() ? "none yet" : fallback.sound())
              + "; now "
              + fallback.mode()
              + (s.report().fallback().degraded() ? ", degraded" : "")
              + ", "
              + fallback.switches()
              + " switches, played for "
              + duration(fallback.playedMs()));
      if (s.holdoverErrorMicros() >= 0) {
        line(
            "in step",
            "holdover error ≤ "
                + time(s.holdoverErrorMicros())
                + (s.holdoverErrorMicros() > PlayerStatus.APART_MICROS
                    ? ": more than 20 ms, the server has been gone for long"
                    : ""));
      }
    }
    line("state", s.complaint().orElse(s.report().playing() ? "plays" : "rests"));
  }

  private static String server(PlayerStatus s) {
    if (!s.connected()) {
      return s.server().isEmpty() ? "none yet" : "none; the last was " + s.server();
    }
    return s.server() + (s.tutti() ? ", a Tutti" : "") + ", for " + duration(s.connectedMs());
  }

  private void sound(PlayerStatus s) {
    Report r = s.report();
    line("sync", sync(r));
    line(
        "clocks",
        "server "
            + ppm(r.driftPpb())
            + ", device "
            + ppm(r.devicePpb())
            + ", steered by "
            + ppm(r.steeringPpb()));
    line(
        "in hand",
        r.bufferMs()
            + " ms"
            + (s.thin()
                ? "; degraded: the way is so uneven that more should be, and there is no more"
                : ""));
    line("way", r.roundTripMicros() < 0 ? NOT_YET : "there and back " + time(r.roundTripMicros()));
    line("device", r.output() + "; delay " + time(r.deviceDelayMicros()));
    line(
        "so far",
        "underruns "
            + r.underruns()
            + ", resyncs "
            + r.resyncs()
            + ", device breaks "
            + r.deviceBreaks()
            + ", late chunks "
            + r.lateChunks());
  }

  /** What nobody knows before the clocks have met is not put into figures. */
  private static String sync(Report r) {
    return r.likelyMicros() < 0
        ? NOT_YET
        : time(Math.abs(r.errorMicros()))
            + (r.errorMicros() < 0 ? " late" : " early")
            + ", usually within "
            + time(r.likelyMicros())
            + ", certainly within "
            + time(r.boundMicros());
  }

  private void line(String name, String text) {
    out.append(name)
        .repeat(' ', NAME_WIDTH - name.length())
        .append(text)
        .append(System.lineSeparator());
  }

  private static String ppm(int ppb) {
    return String.format(Locale.ROOT, "%+.2f ppm", ppb / 1e3);
  }

  /** In the unit that suits it. */
  static String time(int micros) {
    if (micros < 0) {
      return "?";
    }
    return micros < 1000
        ? micros + " µs"
        : String.format(Locale.ROOT, micros < 100_000 ? "%.2f ms" : "%.0f ms", micros / 1e3);
  }

  /** The two largest units. */
  static String duration(long ms) {
    long seconds = ms / 1000;
    if (seconds < 60) {
      return seconds + " s";
    }
    long minutes = seconds / 60;
    if (minutes < 60) {
      return minutes + " min " + seconds % 60 + " s";
    }
    long hours = minutes / 60;
    return hours < 24
        ? hours + " h " + minutes % 60 + " min"
        : hours / 24 + " d " + hours % 24 + " h";
  }
}
