package dev.tutti.snapcast.sessions;

/** A time in which a muted client is to be heard all the same. */
final class MuteOverride {
  private long from = Long.MAX_VALUE;
  private long until = Long.MIN_VALUE;
  private boolean active;

  /** Sets the time; one that has begun goes on. Answers whether that is news. */
  boolean between(long fromMicros, long untilMicros) {
    boolean news = fromMicros < from || untilMicros != until;
    from = Math.min(from, fromMicros);
    until = untilMicros;
    return news;
  }

  /** It is over. */
  void end() {
    from = Long.MAX_VALUE;
    until = Long.MIN_VALUE;
  }

  void step(long nowMicros) {
    if (nowMicros >= until) {
      end();
    }
    active = nowMicros >= from && nowMicros < until;
  }

  /** Whether it held at the last step. */
  boolean active() {
    return active;
  }
}
