package dev.tutti.api.http;

import dev.tutti.api.access.Caller;
import dev.tutti.api.access.Scope;
import dev.tutti.api.json.Json;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.InetAddress;
import java.util.Optional;
import java.util.Set;

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

  /** The names of all parameters in the address, for routes that refuse what they do not know. */
  Set<String> queryNames();

  Optional<String> header(String name);

  /**
   * The body, no longer than the route takes; a longer one, announced or not, is answered 413
   * before the route runs.
   */
  byte[] body();

  /**
   * The body as it comes, for routes that were registered with {@link Http#upload}. Reading blocks;
   * it throws {@link HttpException} 413 beyond the route's limit, 408 and 400 if the sender stops.
   */
  default InputStream bodyStream() {
    return new ByteArrayInputStream(body());
  }

  /**
   * @throws HttpException 400 if the body is not JSON
   */
  Json json();

  InetAddress remote();

  /** Who asks, as the host's access policy judged it. */
  Caller caller();

  /**
   * For routes that not everybody who was let in may use.
   *
   * @throws HttpException 401 if the caller may not and has not said who it is, 403 if it has
   */
  default void require(Scope scope) {
    if (!caller().may(scope)) {
      throw new HttpException(
          caller().name().isEmpty() ? 401 : 403,
          "this needs a token or user with the scope \""
              + scope.label()
              + "\"; \"tutti token\" shows the one for this server");
    }
  }
}
