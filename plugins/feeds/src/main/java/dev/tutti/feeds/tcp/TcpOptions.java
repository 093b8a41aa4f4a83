package dev.tutti.feeds.tcp;

import dev.tutti.api.audio.SourceUri;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an address says about a TCP feed: {@code tcp://0.0.0.0:4953?mode=server}.
 *
 * @param server whether feeders connect to us ({@code mode=server}, the default)
 * @param host a name or a number, without brackets; empty for all addresses of this machine
 * @param port 1 to 65535; of the address, or of its option {@code port}, or 4953
 */
record TcpOptions(boolean server, String host, int port) {
  private static final int DEFAULT_PORT = 4953;
  private static final Pattern HOST =
      Pattern.compile("(?:\\[([0-9A-Fa-f:.%a-z]*)]|([^\\[\\]:]*))(?::(\\d{1,5}))?");

  /**
   * @throws IllegalArgumentException with a sentence for the user
   */
  static TcpOptions of(SourceUri uri) {
    String mode = uri.option("mode").orElse("server");
    if (!mode.equals("server") && !mode.equals("client")) {
      throw new IllegalArgumentException("mode must be server or client, not " + mode);
    }
    Matcher m = HOST.matcher(uri.host());
    if (!m.matches()) {
      throw new IllegalArgumentException(
          "expected tcp://ADDRESS:PORT, for example tcp://0.0.0.0:4953, not " + uri);
    }
    String host = m.group(1) != null ? m.group(1) : m.group(2);
    if (mode.equals("client") && host.isEmpty()) {
      throw new IllegalArgumentException(
          "mode=client needs an address to connect to: tcp://192.168.1.5:4953?mode=client");
    }
    return new TcpOptions(mode.equals("server"), host, port(uri, m.group(3)));
  }

  private static int port(SourceUri uri, @org.jspecify.annotations.Nullable String inHost) {
    String text =
        inHost != null ? inHost : uri.option("port").orElse(Integer.toString(DEFAULT_PORT));
    int port = text.matches("\\d{1,5}") ? Integer.parseInt(text) : 0;
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("port must be 1 to 65535, not " + text);
    }
    return port;
  }

  @Override
  public String toString() {
    String shown = host.isEmpty() ? "*" : host.contains(":") ? "[" + host + "]" : host;
    return shown + ":" + port;
  }
}
