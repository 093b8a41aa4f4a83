package dev.tutti.snapcast.control;

import dev.tutti.api.Clock;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.SocketChannel;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The controllers on the TCP port, limited in number. Listening without ever asking is legitimate;
 * only when it gets crowded, whoever has been silent for longest makes room. Any thread.
 */
final class TcpControl implements AutoCloseable {
  static final int MAX_SESSIONS = 256;

  private final ControlHub hub;
  private final Clock clock;
  private final Logger log;
  private final Set<TcpSession> sessions = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  TcpControl(ControlHub hub, Clock clock, Logger log) {
    this.hub = hub;
    this.clock = clock;
    this.log = log;
  }

  int count() {
    return sessions.size();
  }

  /** Takes a connection; two virtual threads, {@code control-…}, serve it. */
  void accept(SocketChannel channel) {
    if (closed || !makeRoom()) {
      refuse(channel);
      return;
    }
    TcpSession session = new TcpSession(channel, hub, clock, log);
    sessions.add(session);
    if (closed) {
      session.close();
    }
    Thread.ofVirtual().name("control-read " + session).start(session::read);
    Thread.ofVirtual().name("control-write " + session).start(() -> write(session));
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
