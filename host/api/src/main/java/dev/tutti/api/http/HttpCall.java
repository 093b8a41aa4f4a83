package dev.tutti.api.http;

import dev.tutti.api.json.Json;
import java.net.InetAddress;
import java.util.Optional;

/** One request, as a route sees it. Used by the route's thread only. */
public interface HttpCall {
  String method();

  /** The whole path, decoded, with its leading slash. */
  String path();

  /**
   * The part of the path that matched a placeholder, decoded: {@code path("room")} for {@code
   * /thunder/{room}}.
   *
   * @throws IllegalArgumentException if the pattern has no such placeholder
   */
  String path(String placeholder);

  Optional<String> query(String name);

  Optional<String> header(String name);

  /**
   * The body, at most 1 MiB unless the route asked for more; a longer one is answered 413 before
   * the route runs.
   */
  byte[] body();

  /**
   * @throws HttpException 400 if the body is not JSON
   */
  Json json();

  InetAddress remote();
}
