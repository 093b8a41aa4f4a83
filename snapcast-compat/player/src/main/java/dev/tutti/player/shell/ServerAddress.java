package dev.tutti.player.shell;

import java.util.Locale;

/**
 * Where a server is.
 *
 * @param host a name or an address, resolved anew for each attempt
 * @param port of its audio
 */
public record ServerAddress(String host, int port) {
  /** Of Snapcast's audio. */
  public static final int DEFAULT_PORT = 1704;

  private static final String SCHEME = "tcp://";

  /**
   * Reads {@code tcp://HOST[:PORT]}, {@code HOST[:PORT]}, {@code [IPV6]:PORT}.
   *
   * @param defaultPort where the text has none
   * @throws IllegalArgumentException with a sentence for the user
   */
  public static ServerAddress parse(String text, int defaultPort) {
    String rest = text.strip();
    int scheme = rest.indexOf("://");
    if (scheme >= 0) {
      String name = rest.substring(0, scheme).toLowerCase(Locale.ROOT);
      if (name.equals("ws") || name.equals("wss")) {
        throw new IllegalArgumentException(
            name + ":// is not supported by this player; use tcp://HOST (port 1704)");
      }
      if (!name.equals("tcp")) {
        throw new IllegalArgumentException(
            "expected " + SCHEME + "HOST[:PORT], not \"" + text + "\"");
      }
      rest = rest.substring(scheme + 3);
    }
    if (rest.endsWith("/")) {
      rest = rest.substring(0, rest.length() - 1);
    }
    int colon = rest.lastIndexOf(':');
    boolean bare6 = colon >= 0 && rest.indexOf(':') != colon && !rest.contains("]");
    boolean hasPort = colon >= 0 && !bare6 && !rest.endsWith("]");
    String host = hasPort ? rest.substring(0, colon) : rest;
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    if (host.isEmpty() || host.contains("/") || host.contains(" ")) {
      throw new IllegalArgumentException(
          "expected a server like 192.168.1.5, music.local:1704 or tcp://music.local, not \""
              + text
              + "\"");
    }
    return new ServerAddress(host, hasPort ? port(rest.substring(colon + 1), text) : defaultPort);
  }

  private static int port(String digits, String text) {
    if (!digits.matches("\\d{1,5}")
        || Integer.parseInt(digits) < 1
        || Integer.parseInt(digits) > 65_535) {
      throw new IllegalArgumentException(
          "\"" + digits + "\" in \"" + text + "\" is no port; ports are 1 to 65535");
    }
    return Integer.parseInt(digits);
  }

  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
