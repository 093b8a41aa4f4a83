package dev.tutti.snapcast.control;

import dev.tutti.api.http.Http.WebSocketListener;
import dev.tutti.api.http.Http.WebSocketPeer;
import dev.tutti.api.http.HttpCall;
import dev.tutti.api.http.HttpReply;
import dev.tutti.api.http.Reply;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The same API over HTTP: one answer per POST and no news; over a WebSocket: one message per frame,
 * with news. Any thread.
 */
final class WebControl implements AutoCloseable {
  static final String PATH = "/jsonrpc";
  static final int MAX_SESSIONS = 256;

  private final ControlHub hub;
  private final Logger log;
  private final Set<Session> sessions = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  WebControl(ControlHub hub, Logger log) {
    this.hub = hub;
    this.log = log;
  }

  int count() {
    return sessions.size();
  }

  /** A notification is answered with an empty body, as snapserver does. */
  Reply post(HttpCall call) {
    String answer = hub.requestOnce(Incoming.read(call.body())).orElse("");
    return HttpReply.of(200, "application/json", answer.getBytes(StandardCharsets.UTF_8));
  }

  WebSocketListener open(WebSocketPeer peer) {
    Session session = new Session(peer);
    if (sessions.size() >= MAX_SESSIONS) {
      log.log(
          Level.WARNING,
          "{0} web controllers are connected; refusing {1}",
          MAX_SESSIONS,
          peer.remote());
      peer.close();
      return session;
    }
    sessions.add(session);
    hub.attach(session);
    if (closed) {
      // It came while we went; nobody would close it later.
      peer.close();
    }
    return session;
  }

  @Override
  public void close() {
    closed = true;
    sessions.forEach(s -> s.peer.close());
  }

  private final class Session implements WebSocketListener, Fanout.Peer {
    private final WebSocketPeer peer;

    Session(WebSocketPeer peer) {
      this.peer = peer;
    }

    @Override
    public void send(String text) {
      peer.send(text);
    }

    @Override
    public void text(String message) {
      request(Incoming.read(message));
    }

    @Override
    public void binary(byte[] message) {
      request(Incoming.read(message));
    }

    private void request(Incoming message) {
      if (sessions.contains(this)) {
        hub.request(this, message);
        try {
          hub.settle();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
    }

    @Override
    public void closed() {
      sessions.remove(this);
      hub.detach(this);
    }
  }
}
