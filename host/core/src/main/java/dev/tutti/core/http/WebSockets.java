package dev.tutti.core.http;

import dev.tutti.api.access.Caller;
import dev.tutti.api.http.Http;
import dev.tutti.api.http.HttpReply;
import dev.tutti.api.http.Reply;
import dev.tutti.core.http.RouteTable.Route;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;
import org.jspecify.annotations.Nullable;

/**
 * The open WebSockets: upgrades requests to them, pings them, and closes those whose other end or
 * whose plugin is gone. Thread-safe.
 */
final class WebSockets {
  /** Two of these without a sign of life end a connection. */
  private static final Duration PING_PERIOD = Duration.ofSeconds(20);

  private static final long MAX_MESSAGE_BYTES = 1024 * 1024;

  private final ServerWebSocketContainer container;
  private final Server server;
  private final Set<WebSocketConnection> open = ConcurrentHashMap.newKeySet();

  WebSockets(Server server) {
    this.server = server;
    this.container = ServerWebSocketContainer.ensure(server);
    container.setMaxTextMessageSize(MAX_MESSAGE_BYTES);
    container.setMaxBinaryMessageSize(MAX_MESSAGE_BYTES);
    // Ours is by pings; this is for peers that never finish the handshake.
    container.setIdleTimeout(PING_PERIOD.multipliedBy(3));
  }

  /**
   * @return an answer if the request cannot become a WebSocket; null if it has, or is answered
   */
  @Nullable Reply upgrade(
      Route route,
      Http.WebSocketHandler handler,
      Caller caller,
      Request request,
      Response response,
      Callback callback) {
    boolean upgraded =
        container.upgrade(
            (asked, answer, done) -> {
              // Compression costs more than it saves on a local network, above all for audio.
              answer.setExtensions(List.of());
              return new WebSocketConnection(
                  route.scope(),
                  handler,
                  JettyCall.remote(asked),
                  HttpFields.build(asked.getHeaders()).asImmutable(),
                  caller,
                  route.toString(),
                  open);
            },
            request,
            response,
            callback);
    return upgraded ? null : HttpReply.error(400, "this is no valid WebSocket handshake");
  }

  /** Begins to ping; once, after the server has started. */
  void start() {
    server.getScheduler().schedule(this::pingAll, PING_PERIOD.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void pingAll() {
    open.forEach(WebSocketConnection::ping);
    if (server.isRunning()) {
      start();
    }
  }

  /** Closes a plugin's WebSockets on one route. */
  void closeAll(Route route) {
    closeAll(each -> each.belongsTo(route.scope(), route.toString()));
  }

  void closeAll() {
    closeAll(each -> true);
  }

  int count() {
    return open.size();
  }

  private void closeAll(Predicate<WebSocketConnection> which) {
    open.stream().filter(which).forEach(WebSocketConnection::goAway);
  }
}
