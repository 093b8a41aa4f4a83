package dev.tutti.core.http;

import java.net.InetAddress;
import java.net.URI;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What the HTTP server is to be.
 *
 * @param bind address to listen on; the wildcard for all
 * @param port 0 for any free one
 * @param machineName this machine's host name; empty if unknown
 * @param publicUrl under which others reach this server when a reverse proxy stands before it, such
 *     as {@code https://music.example.com/tutti}; used for addresses told to others
 * @param hosts further names by which browsers reach this server; requests to {@code /api} and
 *     {@code /ws} under unknown names are refused
 * @param maxConnections open at once, WebSockets included; further callers wait in the kernel
 */
public record HttpSettings(
    InetAddress bind,
    int port,
    String machineName,
    Optional<URI> publicUrl,
    Set<String> hosts,
    int maxConnections) {
  /** Enough for a big house. */
  public static final int DEFAULT_MAX_CONNECTIONS = 4096;

  public HttpSettings {
    if (maxConnections < 1) {
      throw new IllegalArgumentException("maxConnections must be at least 1");
    }
    Set<String> names = new HashSet<>();
    hosts.forEach(h -> names.add(h.toLowerCase(Locale.ROOT)));
    publicUrl.map(URI::getHost).ifPresent(h -> names.add(h.toLowerCase(Locale.ROOT)));
    hosts = Set.copyOf(names);
  }

  /** Usual limits, no proxy, no further names. */
  public static HttpSettings of(InetAddress bind, int port, String machineName) {
    return new HttpSettings(
        bind, port, machineName, Optional.empty(), Set.of(), DEFAULT_MAX_CONNECTIONS);
  }
}
