package dev.tutti.snapcast.sessions;

/** When a connection last gave this or that sign of life. */
final class Pulse {
  private static final long NEVER = Long.MAX_VALUE;

  private final long openedAt;
  private long heardAt;
  private long askedAt;
  private long seenAt;
  private long stuckSince = NEVER;

  Pulse(long nowMicros) {
    openedAt = nowMicros;
    heardAt = nowMicros;
    askedAt = nowMicros;
    seenAt = nowMicros - Timing.SEEN;
  }

  /** Bytes have come, whatever they say. */
  void heard(long nowMicros) {
    heardAt = nowMicros;
  }

  /** It is a client from now on, and is to ask for the time. */
  void joined(long nowMicros) {
    askedAt = nowMicros;
  }

  /** It has asked for the time. */
  void asked(long nowMicros) {
    askedAt = nowMicros;
  }

  /** Whether the house is to be told that it lives; true no more often than that is of use. */
  boolean isNews(long nowMicros) {
    boolean news = nowMicros - seenAt >= Timing.SEEN;
    if (news) {
      seenAt = nowMicros;
    }
    return news;
  }

  /** It takes no bytes. */
  void stuck(long nowMicros) {
    stuckSince = Math.min(stuckSince, nowMicros);
  }

  /** It takes bytes again. */
  void taken() {
    stuckSince = NEVER;
  }

  /** How long the connection is there. */
  long ageMicros(long nowMicros) {
    return nowMicros - openedAt;
  }

  /** How long nothing has come. */
  long silentMicros(long nowMicros) {
    return nowMicros - heardAt;
  }

  /** How long it has not asked for the time. */
  long sinceAskedMicros(long nowMicros) {
    return nowMicros - askedAt;
  }

  /** How long it has taken no bytes; 0 if it takes them. */
  long stuckMicros(long nowMicros) {
    return stuckSince == NEVER ? 0 : nowMicros - stuckSince;
  }
}
