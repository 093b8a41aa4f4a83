package dev.tutti.player.session;

import org.jspecify.annotations.Nullable;

/** How long a server is waited for before the connection is given up. For the session's thread. */
final class ServerPatience {
  /** Nobody sends settings slower than this. */
  private static final long HANDSHAKE_MICROS = 3_000_000;

  /** Without a whole message for so long, though we asked for the time, the connection is dead. */
  private static final long SILENCE_MICROS = 5_000_000;

  /** Without an answer of use to our asking for the time for so long, the server is of no use. */
  private static final long ANSWER_MICROS = 10_000_000;

  private long helloAt;
  private volatile long heardAt;
  private long answeredAt;

  /** The wire is open, and we have said hello. */
  void greeted(long now) {
    helloAt = now;
    heardAt = now;
    answeredAt = now;
  }

  /** The server has said something. */
  void heard(long now) {
    heardAt = now;
  }

  /** When it last did. Any thread. */
  long heardAt() {
    return heardAt;
  }

  /** It has told the time in a way that makes sense. */
  void answered(long now) {
    answeredAt = now;
  }

  /**
   * Why it is not waited for any longer; null while it is.
   *
   * @param served whether it has answered our hello
   */
  @Nullable String overdue(boolean served, long now) {
    if (!served) {
      return now - helloAt >= HANDSHAKE_MICROS ? "the server does not answer our hello" : null;
    }
    if (now - heardAt >= SILENCE_MICROS) {
      return "the server has gone silent";
    }
    return now - answeredAt >= ANSWER_MICROS
        ? "the server does not tell us the time in a way that makes sense"
        : null;
  }

  /** When it may be overdue. */
  long overdueAt(boolean served) {
    return served
        ? Math.min(heardAt + SILENCE_MICROS, answeredAt + ANSWER_MICROS)
        : helloAt + HANDSHAKE_MICROS;
  }
}
