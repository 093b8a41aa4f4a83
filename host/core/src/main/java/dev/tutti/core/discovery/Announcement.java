package dev.tutti.core.discovery;

import java.util.List;

/**
 * One service to be found.
 *
 * @param type without domain: {@code _snapcast._tcp}
 * @param port TCP port it listens on
 */
public record Announcement(String type, int port) {
  public Announcement {
    if (!type.matches("_[a-z0-9-]{1,62}\\._tcp")) {
      throw new IllegalArgumentException("\"" + type + "\" is no service type like _snapcast._tcp");
    }
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("port " + port + " is not in 1..65535");
    }
  }

  /** What clients of every Snapcast release look for on the stream port. */
  public static List<Announcement> stream(int port) {
    return of(port, "_snapcast._tcp", "_snapcast-stream._tcp");
  }

  /** The same for the control port. */
  public static List<Announcement> control(int port) {
    return of(port, "_snapcast-jsonrpc._tcp", "_snapcast-tcp._tcp", "_snapcast-ctrl._tcp");
  }

  /** The same for the HTTP port. */
  public static List<Announcement> http(int port) {
    return of(port, "_snapcast-http._tcp");
  }

  /** The same for the port of HTTPS. */
  public static List<Announcement> https(int port) {
    return of(port, "_snapcast-https._tcp");
  }

  private static List<Announcement> of(int port, String... types) {
    return List.of(types).stream().map(type -> new Announcement(type, port)).toList();
  }
}
