package dev.tutti.player.cli;

import dev.tutti.player.device.ControlSetup;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** Which doors of the player are to be open: options, and the seed's environment. */
final class ControlOptions {
  private static final Pattern PLACE =
      Pattern.compile("(?:(?<host>[^\\s:\\[\\]]+|\\[[0-9a-fA-F:.]+\\]):)?(?<port>\\d{1,5})");
  private static final String EVERYWHERE = "0.0.0.0";
  private static final String HERE = "127.0.0.1";
  private static final String USUAL_PORT = "8081";
  private static final int HIGHEST_PORT = 65_535;

  @Option(
      names = "--control",
      paramLabel = "[HOST:]PORT",
      description =
          "Let others control this device by HTTP: /status, /play, /stop, /volume, /upload,"
              + " /healthz, /metrics (docs/device.md). Usual port: 8081. Without AUTH_TOKEN only"
              + " local networks may call. Default: off")
  private String control = "";

  @Option(
      names = "--telnet",
      paramLabel = "[HOST:]PORT",
      description =
          "Let others control this device by lines of text (var.set volume = 0.8), whoever reaches"
              + " it. Usual port: 1235; without a host only this machine. Default: off")
  private String telnet = "";

  /**
   * What they ask for.
   *
   * @param environment where CONTROL_PORT, CONTROL_BIND and AUTH_TOKEN may be
   * @throws IllegalArgumentException with a sentence for the user
   */
  ControlSetup setup(Map<String, String> environment) {
    String port = variable(environment, "CONTROL_PORT");
    String bind = variable(environment, "CONTROL_BIND");
    String token = variable(environment, "AUTH_TOKEN");
    String host = bind.isEmpty() ? EVERYWHERE : bind;
    Optional<InetSocketAddress> http;
    if (!control.isEmpty()) {
      http = Optional.of(place("--control", control, host));
    } else if (!port.isEmpty() || !bind.isEmpty()) {
      http = Optional.of(place("CONTROL_PORT", port.isEmpty() ? USUAL_PORT : port, host));
    } else {
      http = Optional.empty();
    }
    return new ControlSetup(
        http,
        token.isEmpty() ? Optional.empty() : Optional.of(token),
        telnet.isEmpty() ? Optional.empty() : Optional.of(place("--telnet", telnet, HERE)));
  }

  private static String variable(Map<String, String> environment, String name) {
    return environment.getOrDefault(name, "").strip();
  }

  private static InetSocketAddress place(String what, String text, String usualHost) {
    Matcher parts = PLACE.matcher(text);
    if (!parts.matches() || Integer.parseInt(parts.group("port")) > HIGHEST_PORT) {
      throw new IllegalArgumentException(
          what + " takes PORT or HOST:PORT, like 8081 or 127.0.0.1:8081, not \"" + text + "\"");
    }
    String host = Optional.ofNullable(parts.group("host")).orElse(usualHost);
    InetSocketAddress place = new InetSocketAddress(host, Integer.parseInt(parts.group("port")));
    if (place.isUnresolved()) {
      throw new IllegalArgumentException(what + ": no address is known for " + host);
    }
    return place;
  }
}
