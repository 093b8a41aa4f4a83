package dev.tutti.core.http;

import java.net.InetAddress;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the HTTP server is to be.
 *
 * @param bind address to listen on; the wildcard for all
 * @param port 0 for any free one
 * @param name of this machine, as users would type it; empty if unknown
 * @param hosts further names by which browsers reach this server (a reverse proxy's public name);
 *     requests to {@code /api} and {@code /ws} under any other name are refused
 * @param maxConnections accepted at once; further callers wait in the kernel's queue
 */
public record HttpSettings(
    InetAddress bind, int port, String name, Set<String> hosts, int maxConnections) {
  /** Enough for a big house; each silent connection costs about 10 kB. */
  public static final int DEFAULT_MAX_CONNECTIONS = 4096;

  public HttpSettings {
    hosts = hosts.stream().map(h -> h.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    if (maxConnections < 1) {
      throw new IllegalArgumentException("maxConnections must be at least 1");
    }
  }

  /** Usual limits, no further names. */
  public static HttpSettings of(InetAddress bind, int port, String name) {
    return new HttpSettings(bind, port, name, Set.of(), DEFAULT_MAX_CONNECTIONS);
  }
}
