package dev.tutti.snapcast.control;

import dev.tutti.api.access.Access;
import dev.tutti.api.access.Caller;
import dev.tutti.api.http.Http.WebSocketListener;
import dev.tutti.api.http.Http.WebSocketPeer;
import dev.tutti.api.http.HttpCall;
import dev.tutti.api.http.HttpReply;
import dev.tutti.api.http.Reply;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * The same API over HTTP: one answer per POST and no news; over a WebSocket: one message per frame,
 * with news. Any thread.
 */
final class WebControl implements AutoCloseable {
  static final String PATH = "/jsonrpc";
  static final int MAX_SESSIONS = 256;

  private final ControlHub hub;
  private final Access access;
  private final ArtLinks links;
  private final Logger log;
  private final Set<Session> sessions = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  WebControl(ControlHub hub, Access access, ArtLinks links, Logger log) {
    this.hub = hub;
    this.access = access;
    this.links = links;
    this.log = log;
  }

  int count() {
    return sessions.size();
  }

  /** A notification is answered with an empty body, as snapserver does. */
  Reply post(HttpCall call) {
    String answer =
        hub.requestOnce(who(call.remote(), call.caller()), Incoming.read(call.body())).orElse("");
    String told = links.forCaller(call::header).apply(answer);
    return HttpReply.of(200, "application/json", told.getBytes(StandardCharsets.UTF_8));
  }

  private Identity who(InetAddress remote, Caller caller) {
    return new Identity(access, Access.Door.WEB, remote, caller);
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
    private final Identity who;
    private final UnaryOperator<String> linked;

    Session(WebSocketPeer peer) {
      this.peer = peer;
      this.who = WebControl.this.who(peer.remote(), peer.caller());
      this.linked = links.forCaller(peer::header);
    }

    @Override
    public Identity who() {
      return who;
    }

    @Override
    public void send(String text) {
      peer.send(linked.apply(text));
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
