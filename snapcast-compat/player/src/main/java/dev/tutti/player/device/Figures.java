package dev.tutti.player.device;

import dev.tutti.player.status.PlayerStatus;
import java.util.List;
import java.util.Locale;

/** A device's figures, as Prometheus reads them (S0-51). Any thread. */
final class Figures {
  private static final List<String> MODES = List.of("snapcast", "fallback", "stopped");

  private final StringBuilder text = new StringBuilder(1500);

  private Figures() {}

  static String of(Desk desk) {
    PlayerStatus status = desk.device().status();
    String mode = desk.mode(status);
    Figures figures = new Figures();
    figures
        .gauge("audio_volume", "0 to 2; 1 is half of the server's full volume", desk.volume())
        .gauge(
            "audio_fallback_exists",
            "Whether there is something to play when the server is gone",
            number(desk.device().hasFallback()))
        .gauge(
            "audio_fallback_active", "Whether that is played now", number(mode.equals("fallback")))
        .gauge(
            "audio_fallback_in_step",
            "Whether it is what all rooms have",
            number(desk.device().isInStep()))
        .gauge(
            "audio_stream_up",
            "Whether sound comes from the server",
            number(Desk.isStreamUp(status)))
        .gauge("snapcast_connected", "Whether a server serves it", number(status.connected()))
        .gauge(
            "audio_buffer_seconds", "Sound in hand", Math.max(0, status.report().bufferMs()) / 1e3)
        .counter(
            "audio_fallback_switches_total",
            "How often it went over to the fallback",
            status.fallback().switches())
        .counter(
            "audio_fallback_seconds_total",
            "How long the fallback was played",
            status.fallback().playedMs() / 1e3)
        .modes(mode);
    if (status.holdoverErrorMicros() >= 0) {
      figures.gauge(
          "audio_holdover_error_seconds",
          "The fallback is within this of where all rooms are to be",
          status.holdoverErrorMicros() / 1e6);
    }
    return figures.text.toString();
  }

  private static int number(boolean value) {
    return value ? 1 : 0;
  }

  private Figures gauge(String name, String help, double value) {
    head(name, "gauge", help).line(name, value);
    return this;
  }

  private Figures counter(String name, String help, double value) {
    head(name, "counter", help).line(name, value);
    return this;
  }

  private void modes(String mode) {
    head("audio_mode_state", "gauge", "1 for what is played now");
    for (String each : MODES) {
      line("audio_mode_state{mode=\"" + each + "\"}", number(each.equals(mode)));
    }
  }

  private Figures head(String name, String type, String help) {
    text.append("# HELP ").append(name).append(' ').append(help);
    text.append("\n# TYPE ").append(name).append(' ').append(type).append('\n');
    return this;
  }

  private void line(String name, double value) {
    boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
    text.append(name).append(' ');
    text.append(whole ? Long.toString((long) value) : String.format(Locale.ROOT, "%.6f", value));
    text.append('\n');
  }
}
