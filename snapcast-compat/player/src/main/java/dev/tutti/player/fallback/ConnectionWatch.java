package dev.tutti.player.fallback;

import java.util.Locale;

/**
 * Whether the server is there, by one check a second, and whether it has been there for long enough
 * to be trusted again: five seconds, twice as long each time it is lost again soon, so that a
 * flapping network does not flap the sound. For one thread; the count is for any.
 */
final class ConnectionWatch {
  private static final System.Logger LOG = System.getLogger(FallbackSwitch.class.getName());
  private static final int SECOND = 1_000_000;

  /** A server that says nothing for so long, though it was asked for the time, says nothing. */
  static final long QUIET_MICROS = 350_000;

  /** Of a connection, before it is trusted again. */
  static final long STABLE_MICROS = 5 * SECOND;

  /** After many losses. */
  private static final long MOST_STABLE_MICROS = 80 * SECOND;

  /** A stream that was played for so long has not been lost soon. */
  private static final long GOOD_MICROS = 60 * SECOND;

  private static final long NEVER = Long.MIN_VALUE;

  private final int checks;
  private volatile int failed;
  private long failingSince = NEVER;
  private long wellSince = NEVER;
  private long patience = STABLE_MICROS;
  private long returnedAt = NEVER;

  /**
   * @param checks that fail, one a second, before a connection counts as lost
   */
  ConnectionWatch(int checks) {
    this.checks = checks;
  }

  /**
   * Looks.
   *
   * @param tells whether failures are worth a line in the log
   */
  void step(Situation now, boolean tells, long nowMicros) {
    boolean quiet = nowMicros - now.heardAtMicros() >= QUIET_MICROS;
    if (now.connected() && !quiet) {
      if (failed > 0) {
        LOG.log(
            System.Logger.Level.INFO,
            "the connection is restored, after {0} s",
            seconds(nowMicros - failingSince));
      }
      if (failingSince != NEVER) {
        wellSince = nowMicros;
      }
      forget();
      return;
    }
    if (failingSince == NEVER) {
      failingSince = now.connected() ? now.heardAtMicros() : nowMicros;
    }
    long due = Math.min(checks, (nowMicros - failingSince) / SECOND);
    for (int check = failed; check < due; check++) {
      failed = check + 1;
      if (tells) {
        LOG.log(
            System.Logger.Level.INFO,
            "connection check failed ({0}/{1}): {2}; {3} s in hand",
            failed,
            checks,
            why(now),
            seconds(now.inHandMicros(nowMicros)));
      }
    }
  }

  static String why(Situation now) {
    return now.connected() ? "the server says nothing" : "the server is gone";
  }

  /** Nothing has failed so far. */
  void forget() {
    failingSince = NEVER;
    failed = 0;
  }

  boolean isFailing() {
    return failingSince != NEVER;
  }

  /** Whether all checks failed. Any thread. */
  boolean isLost() {
    return failed >= checks;
  }

  /** Whether the stream may be trusted again. */
  boolean isStable(Situation now, long nowMicros) {
    return !isFailing()
        && nowMicros - now.servedAtMicros() >= patience
        && (wellSince == NEVER || nowMicros - wellSince >= patience);
  }

  /** The stream was left for the fallback. */
  void left(long nowMicros) {
    boolean soon = returnedAt != NEVER && nowMicros - returnedAt < GOOD_MICROS;
    patience = soon ? Math.min(MOST_STABLE_MICROS, patience * 2) : STABLE_MICROS;
  }

  /** It is played again. */
  void returned(long nowMicros) {
    returnedAt = nowMicros;
  }

  static String seconds(long micros) {
    return String.format(Locale.ROOT, "%.2f", Math.max(0, micros) / 1e6);
  }
}
