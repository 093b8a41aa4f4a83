package dev.tutti.core.http;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Keeps other people's web pages from driving this server through a visitor's browser. Two tricks
 * are met: a page posts across origins (its {@code Origin} gives it away), or lets its own name
 * resolve to our address (its {@code Host} gives it away: DNS rebinding). Programs that are no
 * browsers send no Origin and pass. Any thread.
 */
final class BrowserGuard {
  /** Names that only a local network's own name server can give to anybody (RFC 6762, 8375). */
  private static final Pattern PRIVATE =
      Pattern.compile(
          "[a-z0-9_-]+|.+\\.(local|lan|home|internal|intranet|localdomain|private|home\\.arpa)");

  private static final Set<String> WEB = Set.of("http", "https", "ws", "wss");
  private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
  private static final Pattern IPV6 = Pattern.compile("\\[[0-9a-fA-F:.]+(%[^\\]]*)?]");

  private final Set<String> machine;
  private final Set<String> configured;

  /**
   * @param machineName this machine's host name; empty if unknown
   * @param configured further names, lower case, without ports
   */
  BrowserGuard(String machineName, Set<String> configured) {
    Set<String> names = new TreeSet<>(Set.of("localhost"));
    if (!machineName.isEmpty()) {
      String whole = machineName.toLowerCase(Locale.ROOT);
      String first = whole.split("\\.", 2)[0];
      names.add(whole);
      names.add(first);
      names.add(first + ".local");
    }
    this.machine = Set.copyOf(names);
    this.configured = Set.copyOf(configured);
  }

  /**
   * Judges a request to a guarded path.
   *
   * @param host the Host header, with or without port
   * @param origin the Origin header
   * @param forwardedHost the X-Forwarded-Host header; a foreign page cannot set it without asking
   *     first, and nobody answers that question here
   * @return why it is refused, for the caller to read; empty if it may pass
   */
  Optional<String> refusal(
      Optional<String> host, Optional<String> origin, Optional<String> forwardedHost) {
    if (host.isEmpty() || host.get().isBlank()) {
      return Optional.of("the request names no host");
    }
    String name = name(host.get());
    if (!known(name)) {
      return Optional.of(
          ("this server does not know itself as \"%s\"; if that is its name, add it to http-hosts in"
                  + " the [server] table of tutti.toml")
              .formatted(name));
    }
    if (origin.isEmpty() || own(origin.get(), host.get(), forwardedHost)) {
      return Optional.empty();
    }
    return Optional.of(
        ("pages from %s may not use this server; if that is its own name, add it to"
                + " http-hosts in the [server] table of tutti.toml")
            .formatted(origin.get()));
  }

  private boolean own(String origin, String host, Optional<String> forwardedHost) {
    int scheme = origin.indexOf("://");
    if (scheme < 0) {
      return false;
    }
    if (!WEB.contains(origin.substring(0, scheme).toLowerCase(Locale.ROOT))) {
      // An installed program's own pages (file, capacitor, chrome-extension); no site can say that.
      return true;
    }
    String authority = origin.substring(scheme + 3);
    return authority.equalsIgnoreCase(host)
        || forwardedHost.filter(authority::equalsIgnoreCase).isPresent()
        || configured.contains(name(authority));
  }

  private boolean known(String name) {
    return machine.contains(name)
        || configured.contains(name)
        || PRIVATE.matcher(name).matches()
        || IPV4.matcher(name).matches()
        || IPV6.matcher(name).matches();
  }

  /** A host without port and closing dot, in lower case. */
  private static String name(String authority) {
    String text = authority.strip().toLowerCase(Locale.ROOT);
    int end = text.startsWith("[") ? text.indexOf(']') + 1 : text.indexOf(':');
    String name = end > 0 ? text.substring(0, end) : text;
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }
}
