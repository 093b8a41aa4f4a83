package dev.tutti.snapcast.sessions;

import java.util.concurrent.atomic.AtomicLong;

/** Figures about sessions. Written by the thread that steps them, read by any. */
public final class Counts {
  private final AtomicLong droppedChunks = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final AtomicLong absurdReports = new AtomicLong();
  private final AtomicLong clients = new AtomicLong();
  private final AtomicLong connections = new AtomicLong();

  /** Chunks not sent because a client was too slow to take them in time. */
  public long droppedChunks() {
    return droppedChunks.get();
  }

  /** Connections closed because there are too many, or because of what they sent. */
  public long refused() {
    return refused.get();
  }

  /** Reports of players that could not be, and were dropped. */
  public long absurdReports() {
    return absurdReports.get();
  }

  /** Connections that have said Hello. */
  public long clients() {
    return clients.get();
  }

  /** All connections. */
  public long connections() {
    return connections.get();
  }

  void droppedChunks(long more) {
    droppedChunks.lazySet(droppedChunks.get() + more);
  }

  void refusedOne() {
    refused.lazySet(refused.get() + 1);
  }

  void absurdReport() {
    absurdReports.lazySet(absurdReports.get() + 1);
  }

  void now(long clients, long connections) {
    this.clients.lazySet(clients);
    this.connections.lazySet(connections);
  }
}
