package dev.tutti.api.http;

import java.util.Map;

/**
 * What a route answers. A {@link dev.tutti.api.json.Json} is one; {@link HttpReply} makes others.
 */
public interface Reply {
  int status();

  String contentType();

  /** The body; the host does not change it and nobody else may. */
  byte[] body();

  /** Further header fields. */
  default Map<String, String> headers() {
    return Map.of();
  }
}
