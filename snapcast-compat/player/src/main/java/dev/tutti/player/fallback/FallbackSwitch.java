package dev.tutti.player.fallback;

import dev.tutti.audio.dsp.Fade;
import dev.tutti.audio.fallback.FadePlan;
import dev.tutti.audio.fallback.SwitchRule;
import dev.tutti.audio.fallback.SwitchRule.Crossing;
import java.util.Locale;

/**
 * Decides what is played: the stream, the fallback when nothing comes and what is in hand runs out,
 * or nothing where the stream rests. When to leave is computed from the end of the data, so that
 * players that hold the same end leave on the same frame. A step function: the time comes from the
 * caller. For one thread; what it publishes is for any.
 */
public final class FallbackSwitch {
  private static final System.Logger LOG = System.getLogger(FallbackSwitch.class.getName());
  private static final int MICROS = 1_000_000;

  /** A server that says nothing for so long, though it was asked for the time, says nothing. */
  static final long QUIET_MICROS = 350_000;

  /** Of a connection, before it is trusted again. */
  private static final long STABLE_MICROS = 5_000_000;

  /** A buffer of this depth bridges more than the checks notice: they only mark it degraded. */
  private static final long DEEP_MICROS = 20_000_000;

  /** Between instants to leave at. */
  private static final long GRID_MICROS = 500_000;

  private static final long LOOK_MICROS = 100_000;
  private static final long NEVER = Long.MIN_VALUE;

  private final SwitchPlan plan;
  private volatile SwitchRule rule;
  private volatile boolean halted;
  private final Depth depth = new Depth();
  private volatile Cue cue = Cue.STREAM;
  private volatile Mode mode = Mode.STOPPED;
  private volatile int switches;
  private volatile long inFallbackMicros;
  private volatile int failedChecks;
  private int entered;
  private long played;
  private int failed;
  private long failingSince = NEVER;
  private long servedAt = NEVER;
  private long lastStep = NEVER;
  private long enteredAt;

  /** Somebody asked for sound that did not come yet. */
  private boolean wanted;

  public FallbackSwitch(SwitchPlan plan) {
    this.plan = plan;
    this.rule = plan.rule(FadePlan.DEFAULT);
  }

  /** How the pack is to be crossed to from now on. Any thread. */
  public void crossBy(FadePlan fade) {
    rule = plan.rule(fade);
  }

  /** Plays nothing until {@link #play}, whatever comes or fails. Again: nothing. Any thread. */
  public void stop() {
    halted = true;
  }

  /** Plays the stream, or the fallback if it has failed. Again: nothing. Any thread. */
  public void play() {
    halted = false;
  }

  /** Whether nothing is to be heard. Any thread. */
  public boolean isHalted() {
    return halted;
  }

  /** What the one who plays is to do. Any thread. */
  public Cue cue() {
    return cue;
  }

  /** Any thread. */
  public Mode mode() {
    return mode;
  }

  /** How often the fallback was entered. Any thread. */
  public int switches() {
    return switches;
  }

  /** How long the fallback was played, all in all. Any thread. */
  public long inFallbackMicros() {
    return inFallbackMicros;
  }

  /** Whether the stream is played from what is in hand, because the connection is lost. */
  public boolean isDegraded() {
    return mode == Mode.STREAM && failedChecks >= plan.checks();
  }

  /**
   * Decides.
   *
   * @return when to call again at the latest
   */
  public long step(Situation now, long nowMicros) {
    if (mode == Mode.FALLBACK && lastStep != NEVER) {
      played += nowMicros - lastStep;
      inFallbackMicros = played;
    }
    enteredAt = lastStep == NEVER ? nowMicros : enteredAt;
    lastStep = nowMicros;
    long inHand = now.inHandMicros(nowMicros);
    observe(now, inHand, nowMicros);
    if (halted) {
      halt(now, inHand, nowMicros);
      return nowMicros + LOOK_MICROS;
    }
    check(now, nowMicros);
    switch (mode) {
      case STOPPED -> stopped(now, inHand, nowMicros);
      case STREAM -> stream(now, inHand, nowMicros);
      case FALLBACK -> fallback(now, inHand, nowMicros);
    }
    return nowMicros + LOOK_MICROS;
  }

  private void observe(Situation now, long inHand, long nowMicros) {
    if (now.connected()) {
      if (servedAt != now.servedAtMicros()) {
        servedAt = now.servedAtMicros();
        depth.begin(nowMicros);
      }
      depth.observe(inHand, nowMicros);
    }
  }

  /** Ends what is played, and looks at nothing: what fails meanwhile is of no interest. */
  private void halt(Situation now, long inHand, long nowMicros) {
    wanted = true;
    failingSince = NEVER;
    failed = 0;
    failedChecks = 0;
    if (cue.pack()) {
      goBack(now, nowMicros);
    }
    enter(Mode.STOPPED, "it was told to", inHand, nowMicros);
  }

  /** At rest, or before the first sound, a failure is none, unless somebody asked for sound. */
  private void stopped(Situation now, long inHand, long nowMicros) {
    boolean failing = failingSince != NEVER;
    if (inHand > 0 && (!failing || wanted)) {
      enter(Mode.STREAM, "sound is there", inHand, nowMicros);
    } else if (wanted && failing && failedChecks >= plan.checks() && now.ready()) {
      long soonest = serverMicros(now, nowMicros) + now.leadMicros();
      cross(true, now, new Crossing(soonest, Fade.NONE));
      enterFallback(now, inHand, nowMicros);
    } else if (!failing && inHand <= 0 && nowMicros - enteredAt >= STABLE_MICROS) {
      wanted = false; // what is asked for is at rest
    }
  }

  /** Once a second while the server cannot be heard. */
  private void check(Situation now, long nowMicros) {
    boolean failing = !now.connected() || nowMicros - now.heardAtMicros() >= QUIET_MICROS;
    if (!failing) {
      if (failedChecks > 0) {
        LOG.log(System.Logger.Level.INFO, "the connection is back");
      }
      failingSince = NEVER;
      failed = 0;
      failedChecks = 0;
      return;
    }
    if (failingSince == NEVER) {
      failingSince = nowMicros;
    }
    long due = Math.min(plan.checks(), (nowMicros - failingSince) / MICROS);
    while (failed < due) {
      failedChecks = ++failed;
      if (mode == Mode.STREAM) {
        LOG.log(
            System.Logger.Level.INFO,
            "connection check failed ({0}/{1}); {2} s in hand",
            failedChecks,
            plan.checks(),
            seconds(now.inHandMicros(nowMicros)));
      }
    }
  }

  private void stream(Situation now, long inHand, long nowMicros) {
    if (failingSince == NEVER) {
      if (cue.pack()) {
        cross(false, now, new Crossing(NEVER, Fade.NONE));
      }
      if (inHand <= 0) {
        enter(Mode.STOPPED, "the stream rests", inHand, nowMicros);
      }
      return;
    }
    if (!now.ready()) {
      if (inHand <= 0) {
        enter(Mode.STOPPED, "the server is gone, and there is no fallback", inHand, nowMicros);
      }
      return;
    }
    leave(now, inHand, nowMicros);
  }

  private void leave(Situation now, long inHand, long nowMicros) {
    long serverNow = serverMicros(now, nowMicros);
    long soonest = serverNow + now.leadMicros();
    long deep = depth.micros(now);
    if (!cue.pack()) {
      cross(true, now, together(rule.leave(now.endMicros(), deep, soonest, MICROS), now, soonest));
    }
    boolean checked =
        failedChecks >= plan.checks() && (plan.leavesByChecks() || deep < DEEP_MICROS);
    if (checked && cue.startMicros() > soonest + MICROS) {
      // On the whole second, so that players that noticed at about the same time go together.
      long start = Math.ceilDiv(soonest, MICROS) * MICROS;
      cross(true, now, rule.cross(start, now.endMicros(), MICROS));
    }
    if (serverNow >= cue.startMicros()) {
      enterFallback(now, inHand, nowMicros);
    }
  }

  private void enterFallback(Situation now, long inHand, long nowMicros) {
    switches = ++entered;
    String why = now.connected() ? "the server says nothing" : "the server is gone";
    enter(Mode.FALLBACK, why, inHand, nowMicros);
  }

  /**
   * On a grid, if there is time: of players that lost the server at once, one may have got a chunk
   * more than another.
   */
  private Crossing together(Crossing exact, Situation now, long soonest) {
    long start = Math.floorDiv(exact.startMicros() + GRID_MICROS / 2, GRID_MICROS) * GRID_MICROS;
    boolean time = now.endMicros() - exact.startMicros() >= 10 * GRID_MICROS && start >= soonest;
    return time ? rule.cross(start, now.endMicros(), MICROS) : exact;
  }

  private void fallback(Situation now, long inHand, long nowMicros) {
    boolean stable = failingSince == NEVER && nowMicros - now.servedAtMicros() >= STABLE_MICROS;
    if (!stable) {
      return;
    }
    boolean rests = inHand <= 0;
    if (rests || inHand >= rule.returnMicros(depth.wanted(now, nowMicros))) {
      goBack(now, nowMicros);
      enter(
          rests ? Mode.STOPPED : Mode.STREAM,
          rests ? "the server is back, and the stream rests" : "the server is back",
          inHand,
          nowMicros);
    }
  }

  private void goBack(Situation now, long nowMicros) {
    long start = serverMicros(now, nowMicros) + now.leadMicros();
    cross(false, now, new Crossing(start, rule.fade().at(MICROS)));
  }

  private static long serverMicros(Situation now, long nowMicros) {
    return Math.round(now.clock().serverMicros((double) nowMicros));
  }

  private void cross(boolean pack, Situation now, Crossing crossing) {
    cue =
        new Cue(
            cue.number() + 1, pack, now.clock().epoch(), crossing.startMicros(), crossing.fade());
  }

  private void enter(Mode next, String why, long inHand, long nowMicros) {
    if (next == mode) {
      return;
    }
    LOG.log(
        System.Logger.Level.INFO,
        "{0} after {1} s of {2}: {3}; {4} s in hand, {5} switches, {6} s in fallback",
        next.text(),
        seconds(nowMicros - enteredAt),
        mode.text(),
        why,
        seconds(inHand),
        switches,
        seconds(inFallbackMicros));
    mode = next;
    enteredAt = nowMicros;
    wanted &= next == Mode.STOPPED;
  }

  private static String seconds(long micros) {
    return String.format(Locale.ROOT, "%.2f", Math.max(0, micros) / 1e6);
  }
}
