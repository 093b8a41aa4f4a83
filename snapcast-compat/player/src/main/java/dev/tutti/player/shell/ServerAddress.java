package dev.tutti.player.shell;

import dev.tutti.snapcast.protocol.Hello;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a server is, and how it is reached.
 *
 * @param scheme the way to speak with it
 * @param host a name or an address, resolved anew for each attempt
 * @param port of its audio
 * @param path of its WebSocket; empty for tcp
 * @param auth what it wants to see, if anything
 */
public record ServerAddress(
    Scheme scheme, String host, int port, String path, Optional<Hello.Auth> auth) {
  /** Of Snapcast's audio. */
  public static final int DEFAULT_PORT = 1704;

  private static final String WEB_PATH = "/stream";
  private static final int MAX_TEXT = 2000;

  /** The ways to speak with a server. */
  public enum Scheme {
    /** Messages, one after the other. */
    TCP(DEFAULT_PORT),
    /** One message in each frame of a WebSocket. */
    WS(1780),
    /** The same, encrypted. */
    WSS(1788);

    private final int port;

    Scheme(int port) {
      this.port = port;
    }

    /** The port unless another is named. */
    public int port() {
      return port;
    }

    /** Whether over a WebSocket. */
    public boolean web() {
      return this != TCP;
    }

    private String prefix() {
      return name().toLowerCase(Locale.ROOT) + "://";
    }
  }

  /** A server that is reached by plain TCP. */
  public ServerAddress(String host, int port) {
    this(Scheme.TCP, host, port, "", Optional.empty());
  }

  /**
   * Reads {@code HOST[:PORT]} and {@code tcp|ws|wss://[USER:PASSWORD@]HOST[:PORT][/PATH]}; an IPv6
   * address with a port stands in brackets.
   *
   * @param defaultPort where the text has none; 0 for the scheme's
   * @throws IllegalArgumentException with a sentence for the user, without the password
   */
  public static ServerAddress parse(String text, int defaultPort) {
    String whole = text.strip();
    if (whole.length() > MAX_TEXT) {
      throw new IllegalArgumentException("a server's address is shorter than " + MAX_TEXT);
    }
    int named = whole.indexOf("://");
    Scheme scheme = named < 0 ? Scheme.TCP : scheme(whole.substring(0, named), shown(whole));
    String rest = named < 0 ? whole : whole.substring(named + 3);
    int slash = rest.indexOf('/');
    String path = slash < 0 ? "" : rest.substring(slash);
    String authority = slash < 0 ? rest : rest.substring(0, slash);
    int at = authority.lastIndexOf('@');
    Optional<Hello.Auth> auth =
        at < 0 ? Optional.empty() : Optional.of(auth(authority.substring(0, at)));
    String place = authority.substring(at + 1);
    int colon = place.lastIndexOf(':');
    boolean bare6 = colon >= 0 && place.indexOf(':') != colon && !place.contains("]");
    boolean hasPort = colon >= 0 && !bare6 && !place.endsWith("]");
    String host = host(hasPort ? place.substring(0, colon) : place, shown(whole));
    int port =
        hasPort
            ? port(place.substring(colon + 1), shown(whole))
            : defaultPort == 0 ? scheme.port() : defaultPort;
    return new ServerAddress(scheme, host, port, path(scheme, path, shown(whole)), auth).checked();
  }

  private static Scheme scheme(String name, String text) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "tcp" -> Scheme.TCP;
      case "ws" -> Scheme.WS;
      case "wss" -> Scheme.WSS;
      case "http", "https" ->
          throw new IllegalArgumentException(
              "\""
                  + text
                  + "\" is for a browser; a player takes tcp://HOST, ws://HOST or wss://HOST");
      default ->
          throw new IllegalArgumentException(
              "expected tcp://HOST, ws://HOST or wss://HOST, with :PORT if it is not the usual one,"
                  + " not \""
                  + text
                  + "\"");
    };
  }

  private static Hello.Auth auth(String pair) {
    if (pair.indexOf(':') < 1) {
      throw new IllegalArgumentException(
          "before the @ of a server's address stand a user and a password: tcp://USER:PASSWORD@HOST"
              + " (write %3A for a colon, %40 for an at sign, %2F for a slash within them)");
    }
    try {
      // A plus sign is itself here, as in every address before the question mark.
      String plain = URLDecoder.decode(pair.replace("+", "%2B"), StandardCharsets.UTF_8);
      byte[] bytes = plain.getBytes(StandardCharsets.UTF_8);
      return new Hello.Auth("Basic", Base64.getEncoder().encodeToString(bytes));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "a percent sign in a user or password of a server's address is written %25", e);
    }
  }

  private static String host(String named, String text) {
    String host =
        named.startsWith("[") && named.endsWith("]")
            ? named.substring(1, named.length() - 1)
            : named;
    boolean plain = host.matches("[^\\s/?#\\[\\]@\"<>\\\\:]+");
    boolean ip6 =
        host.contains(":") && host.matches("[0-9a-fA-F:.]+(%[^\\s/?#\\[\\]@\"<>\\\\:]+)?");
    if (!plain && !ip6) {
      throw new IllegalArgumentException(
          "expected a server like 192.168.1.5, music.local:1704 or tcp://music.local, not \""
              + text
              + "\"");
    }
    return host;
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

  private static String path(Scheme scheme, String path, String text) {
    boolean none = path.isEmpty() || path.equals("/");
    if (!scheme.web()) {
      if (!none) {
        throw new IllegalArgumentException(
            "nothing can follow host and port in \""
                + text
                + "\"; only ws:// and wss:// have paths");
      }
      return "";
    }
    return none ? WEB_PATH : path;
  }

  private ServerAddress checked() {
    if (scheme.web()) {
      uri();
    }
    return this;
  }

  /**
   * Where its WebSocket is.
   *
   * @throws IllegalArgumentException with a sentence for the user
   */
  URI uri() {
    try {
      URI uri = new URI(scheme.name().toLowerCase(Locale.ROOT), null, host, port, path, null, null);
      if (uri.getHost() != null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(
          "\"" + host + "\" cannot be the host of a " + scheme.prefix() + " address", e);
    }
    throw new IllegalArgumentException(
        "\"" + host + "\" cannot be the host of a " + scheme.prefix() + " address");
  }

  /** Without user and password. */
  private static String shown(String text) {
    int at = text.lastIndexOf('@');
    int from = text.indexOf("://");
    return at < 0 ? text : text.substring(0, from < 0 ? 0 : from + 3) + text.substring(at + 1);
  }

  /** For people; without user and password. */
  @Override
  public String toString() {
    String place = (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    return scheme.web() ? scheme.prefix() + place + path : place;
  }
}
