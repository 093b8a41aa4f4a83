package dev.tutti.player.session;

import java.util.HashMap;
import java.util.Map;

/**
 * Says each thing once, and again when a minute has passed; that a connection is there again, after
 * each loss it spoke of. For the session's thread.
 */
final class SessionLog {
  private static final long AGAIN_MICROS = 60_000_000;
  private static final int MOST_KEPT = 64;

  /** However inventive a peer is. */
  private static final int MOST_IN_A_MINUTE = 20;

  private static final int MOST_CHARACTERS = 300;
  private static final String CONNECTED = "connected";

  private final System.Logger out;
  private final Map<String, Long> saidAt = new HashMap<>();
  private long minuteBeganAt;
  private int linesInMinute;

  SessionLog(System.Logger out) {
    this.out = out;
  }

  void connected(long nowMicros) {
    info(CONNECTED, nowMicros);
  }

  /**
   * @param soundInHand whether there is something to play on with
   */
  void lost(String reason, boolean soundInHand, long nowMicros) {
    if (isNews(reason, nowMicros)) {
      // Whoever reads of a loss is to read of its end, however soon it comes.
      saidAt.remove(CONNECTED);
      out.log(
          System.Logger.Level.WARNING,
          soundInHand
              ? "{0}; playing on with what is in hand and connecting again"
              : "{0}; connecting again",
          printable(reason));
    }
  }

  void warn(String sentence, long nowMicros) {
    if (isNews(sentence, nowMicros)) {
      out.log(System.Logger.Level.WARNING, "{0}", printable(sentence));
    }
  }

  void info(String sentence, long nowMicros) {
    if (isNews(sentence, nowMicros)) {
      out.log(System.Logger.Level.INFO, "{0}", printable(sentence));
    }
  }

  /** A peer's words cannot break the line, nor fill the log. */
  private static String printable(String text) {
    String cut = text.length() > MOST_CHARACTERS ? text.substring(0, MOST_CHARACTERS) + "…" : text;
    return cut.replaceAll("\\p{C}", "?");
  }

  private boolean isNews(String sentence, long nowMicros) {
    Long before = saidAt.get(sentence);
    if (before != null && nowMicros - before < AGAIN_MICROS) {
      return false;
    }
    if (nowMicros - minuteBeganAt >= AGAIN_MICROS) {
      minuteBeganAt = nowMicros;
      linesInMinute = 0;
    }
    if (++linesInMinute > MOST_IN_A_MINUTE) {
      return false;
    }
    if (saidAt.size() >= MOST_KEPT) {
      saidAt.clear();
    }
    saidAt.put(sentence, nowMicros);
    return true;
  }
}
