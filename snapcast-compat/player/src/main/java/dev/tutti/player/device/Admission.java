package dev.tutti.player.device;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Who may ask a device for something. Whoever shows the token may; where none is set, programs in
 * local networks may, and pages of this very device, but no page from elsewhere that a browser in
 * the house was shown. Any thread.
 */
final class Admission {
  /** Names that nobody in the open internet can own, so that no foreign page can be under them. */
  private static final Pattern HOME_NAME =
      Pattern.compile("[a-z0-9_-]{1,63}|[a-z0-9_.-]+\\.(local|localhost|lan|internal|home\\.arpa)");

  private final Optional<byte[]> token;

  Admission(Optional<String> token) {
    this.token = token.map(Admission::hash);
  }

  /**
   * Who asks, and how.
   *
   * @param host as the caller called us: the header, with port; empty if there is none
   * @param origin of the page that asks, if a browser does; empty if there is none
   * @param shown the token that is shown; empty if none is
   */
  record Caller(InetAddress address, String host, String origin, String shown) {}

  /**
   * Lets somebody in, or not.
   *
   * @throws Problem if not; it says why, and what to do
   */
  void admit(Caller caller) throws Problem {
    if (token.isPresent()) {
      if (!MessageDigest.isEqual(token.get(), hash(caller.shown()))) {
        throw new Problem(
            401,
            "this needs the device's token: Authorization: Bearer TOKEN",
            Map.of("WWW-Authenticate", "Bearer realm=\"tutti-player\""));
      }
      return;
    }
    if (!isLocal(caller.address())) {
      throw new Problem(
          403, "only local networks may call without a token; start the player with AUTH_TOKEN");
    }
    if (!caller.origin().isEmpty() && !caller.origin().equals("http://" + caller.host())) {
      throw new Problem(403, "pages of other sites may not call a device that has no token");
    }
    if (!isOurName(caller.host())) {
      throw new Problem(
          403,
          "a device that has no token is called by its address, or a name like den or den.local");
    }
  }

  /** Loopback, link-local and the ranges that nobody routes; 100.64/10 is of private overlays. */
  static boolean isLocal(InetAddress address) {
    byte[] bytes = address.getAddress();
    boolean shared = bytes.length == 4 && (bytes[0] & 0xff) == 100 && (bytes[1] & 0xc0) == 64;
    boolean uniqueLocal = bytes.length == 16 && (bytes[0] & 0xfe) == 0xfc;
    return address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || shared
        || uniqueLocal;
  }

  /** A name that only this machine, or one of its neighbours, can have: no rebound one. */
  private static boolean isOurName(String header) {
    String name = header.toLowerCase(Locale.ROOT);
    int bracket = name.lastIndexOf(']');
    int colon = name.indexOf(':', Math.max(0, bracket));
    String host = colon < 0 ? name : name.substring(0, colon);
    return host.isEmpty() || isAddress(host) || HOME_NAME.matcher(host).matches();
  }

  private static boolean isAddress(String host) {
    boolean six = host.startsWith("[") && host.endsWith("]");
    String bare = six ? host.substring(1, host.length() - 1) : host;
    try {
      return InetAddress.ofLiteral(bare).getAddress().length == (six ? 16 : 4);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static byte[] hash(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
