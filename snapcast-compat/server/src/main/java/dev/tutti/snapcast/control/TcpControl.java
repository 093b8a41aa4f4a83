package dev.tutti.snapcast.control;

import dev.tutti.api.Clock;
import dev.tutti.api.access.Access;
import dev.tutti.api.access.Scope;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/**
 * The controllers on the TCP port, limited in number. Listening without ever asking is legitimate;
 * only when it gets crowded, whoever has been silent for longest makes room. Any thread.
 */
final class TcpControl implements AutoCloseable {
  static final int MAX_SESSIONS = 256;
  private static final int MOST_TOLD = 1000;

  private final ControlHub hub;
  private final Access access;
  private final BiConsumer<SocketChannel, ByteBuffer> strays;
  private final Clock clock;
  private final Logger log;
  private final Set<InetAddress> told = ConcurrentHashMap.newKeySet();
  private final Set<TcpSession> sessions = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /**
   * @param strays takes over what turns out to be a stream client, with what it has sent so far
   */
  TcpControl(
      ControlHub hub,
      Access access,
      Clock clock,
      Logger log,
      BiConsumer<SocketChannel, ByteBuffer> strays) {
    this.strays = strays;
    this.hub = hub;
    this.access = access;
    this.clock = clock;
    this.log = log;
  }

  int count() {
    return sessions.size();
  }

  /** Takes a connection; two virtual threads, {@code control-…}, serve it. */
  void accept(SocketChannel channel) {
    accept(channel, new byte[0]);
  }

  /**
   * As the other, for a connection that came by another port.
   *
   * @param first what has been read of it already
   */
  void accept(SocketChannel channel, byte[] first) {
    if (closed || !makeRoom()) {
      refuse(channel);
      return;
    }
    InetAddress remote = channel.socket().getInetAddress();
    if (remote == null) {
      // It hung up before we looked.
      refuse(channel);
      return;
    }
    Identity who = Identity.comingIn(access, Access.Door.CONTROL, remote);
    if (!who.may(Scope.LISTEN)) {
      tell(remote);
    }
    TcpSession session = new TcpSession(channel, hub, who, clock, log, first, strays);
    sessions.add(session);
    if (closed) {
      session.close();
    }
    Thread.ofVirtual().name("control-read " + session).start(session::read);
    Thread.ofVirtual().name("control-write " + session).start(() -> write(session));
  }

  /** Whoever is refused comes again and again; once is enough to be told of it. */
  private void tell(InetAddress remote) {
    if (told.size() < MOST_TOLD && told.add(remote)) {
      log.log(
          Level.INFO,
          "controller {0} has to say who it is (Server.Authenticate); to let it in without, say"
              + " control = \"lan\" in [access]",
          remote.getHostAddress());
    }
  }

  private void write(TcpSession session) {
    try {
      session.write();
    } finally {
      sessions.remove(session);
    }
  }

  private boolean makeRoom() {
    if (sessions.size() < MAX_SESSIONS) {
      return true;
    }
    Optional<TcpSession> silent =
        sessions.stream()
            .filter(s -> !s.spoke())
            .min(Comparator.comparingLong(TcpSession::sinceMicros));
    silent.ifPresent(s -> {
      log.log(
          Level.WARNING,
          "{0} controllers are connected; closing {1}, which never said anything",
          MAX_SESSIONS,
          s);
      sessions.remove(s);
      s.close();
    });
    return silent.isPresent();
  }

  private void refuse(SocketChannel channel) {
    log.log(Level.WARNING, "{0} controllers are connected; refusing one more", MAX_SESSIONS);
    try {
      channel.close();
    } catch (IOException e) {
      log.log(Level.DEBUG, "closing a refused controller: {0}", e);
    }
  }

  /** Closes who keeps a line or an end open for ever; to be called every few seconds. */
  void sweep() {
    long now = clock.nowMicros();
    for (TcpSession session : sessions) {
      if (session.overdue(now)) {
        log.log(Level.INFO, "controller {0} does not finish what it began; closing", session);
        session.close();
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    sessions.forEach(TcpSession::close);
  }
}
