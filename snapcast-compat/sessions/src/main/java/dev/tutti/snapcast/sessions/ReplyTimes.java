package dev.tutti.snapcast.sessions;

/**
 * What a session's Time requests tell of its connection. Clients that settle ask again right after
 * each reply, so the shortest time from one request to the next is an upper limit of the way there
 * and back. Used by the session's thread; allocates nothing.
 */
final class ReplyTimes {
  /** Snapclients pause so long between a reply and the next request of a burst. */
  private static final long BURST_PAUSE = 100;

  /** Requests further apart are no burst. */
  private static final long BURST = 500_000;

  private long lastRequest = Long.MIN_VALUE;
  private long shortest = Long.MAX_VALUE;
  private long age;
  private long worst;

  void requested(long nowMicros) {
    if (lastRequest != Long.MIN_VALUE && nowMicros - lastRequest < BURST) {
      shortest = Math.min(shortest, Math.max(0, nowMicros - lastRequest - BURST_PAUSE));
    }
    lastRequest = nowMicros;
  }

  void replied(long waitedMicros) {
    age = waitedMicros;
    worst = Math.max(worst, waitedMicros);
  }

  long roundTripMicros() {
    return shortest == Long.MAX_VALUE ? -1 : shortest;
  }

  long ageMicros() {
    return age;
  }

  long worstMicros() {
    return worst;
  }
}
