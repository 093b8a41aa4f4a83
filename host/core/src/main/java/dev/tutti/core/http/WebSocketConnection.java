package dev.tutti.core.http;

import dev.tutti.api.access.Caller;
import dev.tutti.api.http.Http;
import dev.tutti.core.plugins.PluginScope;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.api.StatusCode;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket: Jetty's calls on one side, a plugin's listener and peer on the other. Jetty calls
 * it from one thread at a time; a plugin may send from any. Public only because Jetty must see it.
 */
public final class WebSocketConnection
    implements Session.Listener.AutoDemanding, Http.WebSocketPeer {
  /** What may wait for a peer that reads slowly; beyond it the peer is hung up on. */
  static final long MAX_WAITING_BYTES = 4L * 1024 * 1024;

  /** Counted per message, so that many tiny ones are bounded, too. */
  private static final int MESSAGE_OVERHEAD_BYTES = 64;

  private static final System.Logger LOG = System.getLogger(WebSocketConnection.class.getName());

  private final InetAddress remote;
  private final HttpFields headers;
  private final Caller caller;
  private final String route;
  private final Set<WebSocketConnection> open;
  private final AtomicLong waitingBytes = new AtomicLong();
  private final AtomicReference<@Nullable Side> side;
  private volatile boolean heard = true;
  private volatile boolean closing;
  private volatile @Nullable Session session;

  WebSocketConnection(
      PluginScope scope,
      Http.WebSocketHandler handler,
      InetAddress remote,
      HttpFields headers,
      Caller caller,
      String route,
      Set<WebSocketConnection> open) {
    this.side = new AtomicReference<>(new Side.Opening(scope, handler));
    this.remote = remote;
    this.headers = headers;
    this.caller = caller;
    this.route = route;
    this.open = open;
  }

  /**
   * The plugin's side. Let go of at the end, whatever the peer does, so that a slow goodbye keeps
   * no stopped plugin in memory.
   */
  private sealed interface Side {
    PluginScope scope();

    record Opening(PluginScope scope, Http.WebSocketHandler handler) implements Side {}

    record Open(PluginScope scope, Http.WebSocketListener listener) implements Side {}
  }

  boolean belongsTo(PluginScope whose, String which) {
    Side now = side.get();
    return now != null && now.scope().equals(whose) && route.equals(which);
  }

  @Override
  public void onWebSocketOpen(Session opened) {
    session = opened;
    open.add(this);
    if (side.get() instanceof Side.Opening opening && !opening.scope().closed()) {
      opening
          .scope()
          .guard(
              route,
              () -> {
                Side ready = new Side.Open(opening.scope(), opening.handler().open(this));
                if (!side.compareAndSet(opening, ready)) {
                  tellClosed(ready);
                }
              });
    }
    if (side.get() instanceof Side.Open) {
      return;
    }
    end();
    opened.close(StatusCode.SERVER_ERROR, "the plugin did not take it", Callback.NOOP);
  }

  @Override
  public void onWebSocketText(String message) {
    heard = true;
    if (!closing) {
      tell(listener -> listener.text(message));
    } else {
      hangUp();
    }
  }

  @Override
  public void onWebSocketBinary(ByteBuffer payload, Callback callback) {
    heard = true;
    byte[] message = new byte[payload.remaining()];
    payload.get(message);
    callback.succeed();
    if (!closing) {
      tell(listener -> listener.binary(message));
    } else {
      hangUp();
    }
  }

  /** Who goes on talking after the goodbye would otherwise keep the connection open for ever. */
  private void hangUp() {
    Session to = session;
    if (to != null) {
      to.disconnect();
    }
  }

  private void tell(Consumer<Http.WebSocketListener> what) {
    if (side.get() instanceof Side.Open now && !now.scope().closed()) {
      now.scope().guard(route, () -> what.accept(now.listener()));
    }
  }

  @Override
  public void onWebSocketPong(ByteBuffer payload) {
    heard = true;
  }

  @Override
  public void onWebSocketError(Throwable cause) {
    LOG.log(System.Logger.Level.DEBUG, "{0} broke off: {1}", this, cause);
    end();
  }

  @Override
  public void onWebSocketClose(int statusCode, @Nullable String reason, Callback callback) {
    end();
    callback.succeed();
  }

  private void end() {
    open.remove(this);
    Side last = side.getAndSet(null);
    if (last != null) {
      tellClosed(last);
    }
  }

  private void tellClosed(Side last) {
    if (last instanceof Side.Open now) {
      now.scope().guard(route, now.listener()::closed);
    }
  }

  /** Asks for a sign of life; hangs up if the last time brought none. */
  void ping() {
    Session to = session;
    if (to == null) {
      return;
    }
    if (!heard || closing) {
      LOG.log(System.Logger.Level.DEBUG, "{0} is dead", this);
      to.disconnect();
      return;
    }
    heard = false;
    to.sendPing(ByteBuffer.allocate(0), Callback.NOOP);
  }

  /** The plugin or the server ends. */
  void goAway() {
    close(StatusCode.SHUTDOWN, "the server has ended this; connect again");
    end();
  }

  @Override
  public void send(String message) {
    Session to = session;
    // UTF-8 takes at most three bytes for each char.
    long bytes = message.length() * 3L + MESSAGE_OVERHEAD_BYTES;
    if (to != null && admit(to, bytes)) {
      to.sendText(message, sent(bytes));
    }
  }

  @Override
  public void send(byte[] message) {
    Session to = session;
    long bytes = (long) message.length + MESSAGE_OVERHEAD_BYTES;
    if (to != null && admit(to, bytes)) {
      to.sendBinary(ByteBuffer.wrap(message), sent(bytes));
    }
  }

  private boolean admit(Session to, long bytes) {
    if (side.get() == null) {
      return false;
    }
    if (waitingBytes.addAndGet(bytes) <= MAX_WAITING_BYTES) {
      return true;
    }
    LOG.log(System.Logger.Level.INFO, "{0} does not read what it is sent; hung up on it", this);
    to.disconnect();
    return false;
  }

  private Callback sent(long bytes) {
    return Callback.from(
        () -> {
          if (waitingBytes.addAndGet(-bytes) == 0) {
            tell(Http.WebSocketListener::drained);
          }
        },
        failure -> {});
  }

  @Override
  public long waitingBytes() {
    return waitingBytes.get();
  }

  @Override
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  @Override
  public void close() {
    close(StatusCode.NORMAL, "");
  }

  private void close(int code, String reason) {
    Session to = session;
    if (to == null) {
      return;
    }
    closing = true;
    if (waitingBytes.get() > 0) {
      // A goodbye would wait behind what it does not read.
      to.disconnect();
    } else {
      to.close(code, reason, Callback.NOOP);
    }
  }

  @Override
  public Caller caller() {
    return caller;
  }

  @Override
  public InetAddress remote() {
    return remote;
  }

  @Override
  public String toString() {
    return route + " from " + remote.getHostAddress();
  }
}
