package dev.tutti.snapcast.control;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The addresses of pictures, which are whole for programs, and relative for pages that came from
 * this server: so they are right behind a reverse proxy and its prefix, and under HTTPS. Any
 * thread.
 *
 * @param baseUrl what whole addresses begin with
 */
record ArtLinks(Supplier<String> baseUrl) {
  private static final UnaryOperator<String> WHOLE = UnaryOperator.identity();

  /**
   * What becomes of messages to whoever asks.
   *
   * @param header of the request that opened the connection
   */
  UnaryOperator<String> forCaller(Function<String, Optional<String>> header) {
    Optional<String> origin = header.apply("Origin").map(ArtLinks::authority);
    boolean ours =
        origin.isPresent()
            && (origin.equals(header.apply("Host"))
                || origin.equals(header.apply("X-Forwarded-Host")));
    return ours ? this::relative : WHOLE;
  }

  private static String authority(String origin) {
    return origin.replaceFirst("^[a-z]+://", "");
  }

  private String relative(String message) {
    return message.replace('"' + baseUrl.get() + ArtRoute.PATH, '"' + ArtRoute.PATH.substring(1));
  }
}
