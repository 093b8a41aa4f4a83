package dev.tutti.player.lab;

import dev.tutti.player.clock.ClockFilter;
import dev.tutti.player.fallback.Cue;
import dev.tutti.player.fallback.FallbackSwitch;
import dev.tutti.player.fallback.Mode;
import dev.tutti.player.fallback.Situation;
import dev.tutti.player.session.ServerSession;
import java.util.Locale;

/**
 * Whether a player goes over to its fallback, and comes back, when it should: by its own count of
 * what is in hand and since when the server is gone. Times are µs of the player's clock, instants
 * of sound µs of the server's. For one thread.
 */
final class SwitchJudge {
  private static final long SECOND = 1_000_000;
  private static final long NEVER = Long.MIN_VALUE;

  /** At this with a deep buffer, at half of a smaller one. */
  private static final long TRIGGER = 10 * SECOND;

  private static final long ENOUGH = 20 * SECOND;

  /** Instants lie on a grid of half a second. */
  private static final long GRID = SECOND / 4;

  /** A depth that is measured is rounded to as much, of which half counts. */
  private static final long ROUNDED = SECOND / 8;

  /** A server that says nothing for so long says nothing. */
  private static final long QUIET = 350_000;

  /** Until the one who looks has looked. */
  private static final long LOOKS = 60_000;

  private static final long CHECKS = 3 * SECOND;
  private static final long STABLE = 5 * SECOND;
  private static final long DEEP = 20 * SECOND;

  private final Witness witness;
  private final ServerSession session;
  private final ClockFilter filter;
  private final FallbackSwitch chooser;
  private final long depthMicros;
  private final long deepMicros;
  private Mode mode = Mode.STOPPED;
  private Cue cue = Cue.STREAM;
  private long servedAt = NEVER;
  private long deepest;
  private long lostAt = NEVER;
  private long wellSince = NEVER;
  private long eligibleAt = NEVER;

  // What was known when the last cue to leave was given.
  private long plannedAt;
  private long plannedEnd;
  private int plannedEpoch;
  private long plannedDeep;
  private long plannedLost;

  /**
   * @param depthMicros that the player asks for
   * @param deepMicros that it gets in hand at most
   */
  SwitchJudge(
      Witness witness,
      ServerSession session,
      ClockFilter filter,
      FallbackSwitch chooser,
      long depthMicros,
      long deepMicros) {
    this.witness = witness;
    this.session = session;
    this.filter = filter;
    this.chooser = chooser;
    this.depthMicros = depthMicros;
    this.deepMicros = deepMicros;
  }

  /**
   * The switch did something.
   *
   * @param leadMicros so long before it is heard a change must be known
   */
  void looked(long now, double trueMicros, long leadMicros) {
    if (!filter.view().known()) {
      return;
    }
    long server = serverMicros(now);
    long end = session.endMicros(now);
    long inHand = end == Situation.NOTHING ? 0 : end - server;
    if (filter.view().epoch() == plannedEpoch + 1) {
      plannedEnd += filter.view().jumpMicros();
      plannedEpoch++;
    }
    connection(now, inHand);
    eligible(now, inHand);
    Cue told = chooser.cue();
    if (told.pack() && told.number() != cue.number()) {
      if (!cue.pack()) {
        plannedAt = now;
        plannedEnd = end;
        plannedEpoch = filter.view().epoch();
        plannedDeep = deepest;
        plannedLost = lostAt;
      }
    }
    cue = told;
    Mode next = chooser.mode();
    if (mode == Mode.STREAM && next == Mode.FALLBACK) {
      left(trueMicros, leadMicros);
    } else if (mode == Mode.FALLBACK && next != Mode.FALLBACK) {
      cameBack(now, trueMicros);
    }
    mode = next;
  }

  private long serverMicros(long local) {
    return Math.round(filter.view().serverMicros((double) local));
  }

  private void connection(long now, long inHand) {
    boolean quiet = now - session.heardAtMicros() >= QUIET;
    if (session.isConnected() && !quiet) {
      wellSince = lostAt == NEVER ? wellSince : now;
      lostAt = NEVER;
    } else if (lostAt == NEVER) {
      lostAt = session.isConnected() ? session.heardAtMicros() : now;
    }
    if (session.isConnected()) {
      deepest = session.servedAtMicros() == servedAt ? Math.max(deepest, inHand) : inHand;
      servedAt = session.servedAtMicros();
    }
  }

  /** Whether all is there that is needed to come back. */
  private void eligible(long now, long inHand) {
    long enough = Math.min(ENOUGH, deepMicros / 2);
    boolean is =
        session.isConnected()
            && lostAt == NEVER
            && now - session.servedAtMicros() >= STABLE
            && now - wellSince >= STABLE
            && !session.isBroken(now)
            && inHand >= enough;
    eligibleAt = is ? eligibleAt == NEVER ? now : eligibleAt : NEVER;
  }

  private void left(double trueMicros, long leadMicros) {
    long buffer = session.settings().bufferMs() * 1000L;
    long deep = Math.clamp(plannedDeep, buffer, Math.max(buffer, depthMicros));
    long trigger = plannedEnd - Math.min(TRIGGER, deep / 2);
    long soonest = serverMicros(plannedAt) + leadMicros;
    double early = (trigger - cue.startMicros()) / (double) SECOND;
    double lost = (cue.startMicros() - serverMicros(plannedLost)) / (double) SECOND;
    boolean byChecks =
        plannedLost != NEVER
            && deep < DEEP + ROUNDED
            && lost * SECOND >= CHECKS - LOOKS
            && lost * SECOND <= CHECKS + 3 * SECOND / 2;
    if (cue.startMicros() < trigger - GRID - ROUNDED - LOOKS && !byChecks) {
      witness.fault(
          trueMicros,
          String.format(Locale.ROOT, "left %.2f s too early, after %.2f s", early, lost));
    }
    if (cue.startMicros() > Math.max(trigger, soonest) + GRID + ROUNDED + LOOKS) {
      witness.fault(trueMicros, String.format(Locale.ROOT, "left %.2f s too late", -early));
    }
    if (plannedLost != NEVER && plannedAt - plannedLost > QUIET + 2 * LOOKS) {
      witness.fault(
          trueMicros,
          String.format(
              Locale.ROOT, "noticed after %.2f s", (plannedAt - plannedLost) / (double) SECOND));
    }
  }

  private void cameBack(long now, double trueMicros) {
    double well = (now - Math.max(wellSince, session.servedAtMicros())) / (double) SECOND;
    if (well * SECOND < STABLE - LOOKS) {
      witness.fault(trueMicros, String.format(Locale.ROOT, "came back after %.2f s", well));
    }
    if (chooser.switches() == 1 && eligibleAt != NEVER && now - eligibleAt > 4 * LOOKS) {
      witness.fault(
          trueMicros,
          String.format(
              Locale.ROOT, "came back %.2f s too late", (now - eligibleAt) / (double) SECOND));
    }
  }
}
