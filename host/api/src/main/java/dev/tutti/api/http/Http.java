package dev.tutti.api.http;

import dev.tutti.api.Registration;
import dev.tutti.api.access.Caller;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The host's HTTP server, as far as one plugin sees it. Patterns are paths from the root; a segment
 * in braces matches one segment, {@code {name...}} at the end matches the rest. Two plugins that
 * claim one pattern: the second is refused by name ({@link IllegalStateException}). Handlers run on
 * virtual threads and may block. Paths under {@code /api} and {@code /ws} refuse foreign origins
 * and unknown hosts; {@code /jsonrpc} and {@code /stream} refuse foreign origins. Whoever may not
 * come in at all (see {@link dev.tutti.api.access.Access}) is answered 401 before a route runs;
 * {@code /ws} and everything but GET and HEAD under {@code /api} need the scope {@code control}.
 */
public interface Http {
  /** How long a body may be where a route does not say. */
  int USUAL_BODY_BYTES = 1 << 20;

  default Registration get(String pattern, Handler handler) {
    return route("GET", pattern, handler);
  }

  default Registration post(String pattern, Handler handler) {
    return route("POST", pattern, handler);
  }

  default Registration route(String method, String pattern, Handler handler) {
    return route(method, pattern, USUAL_BODY_BYTES, handler);
  }

  /**
   * A route that takes longer bodies than usual, such as sounds that are sent along, or only
   * shorter ones.
   *
   * @param maxBodyBytes at most 64 MiB
   */
  Registration route(String method, String pattern, int maxBodyBytes, Handler handler);

  /**
   * A route that reads its body itself, through {@link HttpCall#bodyStream}, such as one that takes
   * long files: {@link HttpCall#body} is empty. What the route does not read is thrown away, so it
   * can refuse first.
   *
   * @param maxBodyBytes where reading ends in an {@link HttpException} 413
   */
  default Registration upload(String method, String pattern, long maxBodyBytes, Handler handler) {
    return route(method, pattern, (int) Math.min(maxBodyBytes, 64 << 20), handler);
  }

  /**
   * Serves the files of a folder inside the plugin's jar, with type, ETag and compression.
   *
   * @param prefix path below which they appear, {@code /} for the root
   * @param folder in the jar, without leading slash: {@code web}
   */
  Registration files(String prefix, String folder);

  /**
   * Serves the files of a folder on disk, up to 32 MiB each, with type and ETag. Files that links
   * lead to outside the folder, and those whose name begins with a dot, are not given out.
   *
   * @param prefix path below which they appear, {@code /} for the root
   */
  Registration folder(String prefix, Path folder);

  /**
   * Accepts WebSockets on a path.
   *
   * @param path exact, no placeholders
   */
  Registration webSocket(String path, WebSocketHandler handler);

  /**
   * The address a user would open, such as {@code http://attic:1780}; for pictures and pages named
   * to others.
   */
  String baseUrl();

  /** Answers a request. */
  @FunctionalInterface
  interface Handler {
    /**
     * @throws Exception {@link HttpException} for an error the caller is to see; anything else is
     *     logged and answered 500
     */
    Reply handle(HttpCall call) throws Exception;
  }

  /** Makes a listener for each connection. */
  @FunctionalInterface
  interface WebSocketHandler {
    WebSocketListener open(WebSocketPeer peer);
  }

  /** Told what a peer sends; calls of one peer never overlap. */
  interface WebSocketListener {
    default void text(String message) {}

    /** The bytes are the listener's to keep. */
    default void binary(byte[] message) {}

    /**
     * The network has taken all that was sent, so that {@link WebSocketPeer#waitingBytes} is 0.
     * Called from any thread, often from within {@code send}, also while another call is under way;
     * must be quick.
     */
    default void drained() {}

    /** Called once, last. */
    default void closed() {}
  }

  /**
   * The other end of a WebSocket. Thread-safe; sending never blocks: a peer that does not read is
   * closed at 4 MiB.
   */
  interface WebSocketPeer {
    void send(String message);

    /** One binary frame. The bytes belong to the host from now on. */
    void send(byte[] message);

    /**
     * About how many bytes were sent and not yet taken by the network. Whoever has more to say than
     * a slow peer can take waits here, until {@link WebSocketListener#drained}.
     */
    long waitingBytes();

    /** A header field of the request that became this WebSocket, such as {@code Origin}. */
    Optional<String> header(String name);

    void close();

    java.net.InetAddress remote();

    /** Who it is, as the host's access policy judged it at the handshake. */
    Caller caller();
  }
}
