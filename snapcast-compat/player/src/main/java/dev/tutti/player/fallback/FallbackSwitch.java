package dev.tutti.player.fallback;

import dev.tutti.audio.dsp.Fade;
import dev.tutti.audio.fallback.FadePlan;
import dev.tutti.audio.fallback.SwitchRule;
import dev.tutti.audio.fallback.SwitchRule.Crossing;
import dev.tutti.player.clock.ClockView;

/**
 * Decides what is played: the stream, the fallback when nothing comes and what is in hand runs out,
 * or nothing where the stream rests. When to leave is computed from the end of the data, so that
 * players that hold the same end leave on the same frame. A step function: the time comes from the
 * caller. For one thread; what it publishes is for any.
 */
public final class FallbackSwitch {
  private static final System.Logger LOG = System.getLogger(FallbackSwitch.class.getName());
  private static final int MICROS = 1_000_000;

  /** A buffer of this depth bridges more than the checks notice: they only mark it degraded. */
  private static final long DEEP_MICROS = 20_000_000;

  /** With less than this there is no telling a route that is too slow from an uneven one. */
  private static final long LEAST_DEPTH_MICROS = 4_000_000;

  /** Between instants to leave at. */
  private static final long GRID_MICROS = 500_000;

  /**
   * A server that is back within three seconds is heard by then; a check that failed may be one of
   * those.
   */
  private static final long BLIP_MICROS = 3_200_000;

  /** With less in hand than this when it is left, a buffer bridges no blip. */
  private static final long LEAST_BRIDGE_MICROS = 2_500_000;

  private static final long BACK_MICROS = BLIP_MICROS - 3 * MICROS;

  /** So much later than it should a small buffer may be left. */
  private static final long LATE_MICROS = 250_000;

  /** From the start of a player; a server that is there is found within that. */
  private static final long START_MICROS = 10_000_000;

  private static final long LOOK_MICROS = 100_000;
  private static final long NEVER = Long.MIN_VALUE;

  private final SwitchPlan plan;
  private volatile SwitchRule rule;
  private volatile boolean halted;
  private final Depth depth = new Depth();
  private final ConnectionWatch watch;
  private volatile Cue cue = Cue.STREAM;
  private volatile Mode mode = Mode.STOPPED;
  private volatile int switches;
  private volatile long inFallbackMicros;
  private int entered;
  private long played;
  private long servedAt = NEVER;
  private long lastStep = NEVER;
  private long end = NEVER;
  private boolean active;
  private long enteredAt;

  /** Somebody asked for sound that did not come yet. */
  private boolean wanted;

  /** Before this the fallback is not begun with. */
  private long earliest = NEVER;

  public FallbackSwitch(SwitchPlan plan) {
    this.plan = plan;
    this.watch = new ConnectionWatch(plan.checks());
    this.rule = plan.rule(FadePlan.DEFAULT);
  }

  /** How the pack is to be crossed to from now on. Any thread. */
  public void crossBy(FadePlan fade) {
    rule = plan.rule(fade);
  }

  /**
   * There was sound when the player ended: a server that is not there when it begins again has
   * failed. Before the first step.
   */
  public void expect(long nowMicros) {
    wanted = true;
    earliest = nowMicros + START_MICROS;
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
    return mode == Mode.STREAM && watch.isLost();
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
    recount(now.clock());
    long inHand = now.inHandMicros(nowMicros);
    observe(now, inHand, nowMicros);
    if (halted) {
      halt(now, inHand, nowMicros);
      return nowMicros + LOOK_MICROS;
    }
    watch.step(now, mode == Mode.STREAM, nowMicros);
    switch (mode) {
      case STOPPED -> stopped(now, inHand, nowMicros);
      case STREAM -> stream(now, inHand, nowMicros);
      case FALLBACK -> fallback(now, inHand, nowMicros);
    }
    return nowMicros + LOOK_MICROS;
  }

  /**
   * A server that was started anew may count from elsewhere: what is planned, or under way, is to
   * happen when it was to.
   */
  private void recount(ClockView clock) {
    Cue last = cue;
    if (last.isBeforeJump(clock)) {
      long start = last.startMicros() + clock.jumpMicros();
      cue = new Cue(last.number(), last.pack(), clock.epoch(), start, last.fade());
    }
  }

  private void observe(Situation now, long inHand, long nowMicros) {
    if (now.connected()) {
      boolean goesOn = servedAt == now.servedAtMicros() && now.endMicros() >= end - GRID_MICROS;
      if (!goesOn) {
        servedAt = now.servedAtMicros();
        depth.begin(nowMicros);
      }
      depth.observe(inHand, nowMicros);
    }
    end = now.endMicros();
  }

  /** What comes is less than what is played, so that a deep buffer has run low all the same. */
  private boolean starves(Situation now, long inHand, long nowMicros) {
    long deep = depth.micros(now);
    return deep >= LEAST_DEPTH_MICROS
        && nowMicros - now.soundAtMicros() < MICROS
        && inHand <= rule.triggerMicros(deep);
  }

  /** Ends what is played, and looks at nothing: what fails meanwhile is of no interest. */
  private void halt(Situation now, long inHand, long nowMicros) {
    wanted = true;
    watch.forget();
    if (cue.pack()) {
      goBack(now, nowMicros);
    }
    enter(Mode.STOPPED, "it was told to", inHand, nowMicros);
  }

  /** At rest, or before the first sound, a failure is none, unless somebody asked for sound. */
  private void stopped(Situation now, long inHand, long nowMicros) {
    boolean failing = watch.isFailing();
    if (inHand > 0 && (!failing || wanted)) {
      enter(Mode.STREAM, "sound is there", inHand, nowMicros);
    } else if (wanted && failing && watch.isLost() && now.ready() && nowMicros >= earliest) {
      long soonest = serverMicros(now, nowMicros) + now.leadMicros();
      cross(true, now, new Crossing(soonest, Fade.NONE));
      enterFallback(now, inHand, nowMicros);
    } else if (!failing && inHand <= 0 && nowMicros - enteredAt >= ConnectionWatch.STABLE_MICROS) {
      wanted = false; // what is asked for is at rest
    }
  }

  private void stream(Situation now, long inHand, long nowMicros) {
    boolean begun =
        cue.pack() && serverMicros(now, nowMicros) + now.leadMicros() >= cue.startMicros();
    if (begun) {
      enterFallback(now, inHand, nowMicros);
    } else if (watch.isFailing() || isMissed(now) || starves(now, inHand, nowMicros)) {
      if (now.ready()) {
        leave(now, nowMicros);
      } else if (inHand <= 0) {
        enter(Mode.STOPPED, "the server is gone, and there is no fallback", inHand, nowMicros);
      }
    } else {
      if (cue.pack()) {
        cross(false, now, new Crossing(NEVER, Fade.NONE));
      }
      if (inHand <= 0) {
        enter(Mode.STOPPED, "the stream rests", inHand, nowMicros);
      }
    }
  }

  /** What is missing of the sound in hand can be played over, if there is anything to do it by. */
  private static boolean isMissed(Situation now) {
    return now.broken() && now.ready();
  }

  private void leave(Situation now, long nowMicros) {
    long soonest = serverMicros(now, nowMicros) + now.leadMicros();
    long deep = depth.micros(now);
    if (!cue.pack()) {
      cross(true, now, together(rule.leave(now.endMicros(), deep, soonest, MICROS), now, soonest));
    }
    boolean checked = watch.isLost() && (plan.leavesByChecks() || deep < DEEP_MICROS);
    if (checked && cue.startMicros() > soonest + MICROS) {
      // On the whole second, so that players that noticed at about the same time go together.
      long start = Math.ceilDiv(soonest + BACK_MICROS, MICROS) * MICROS;
      cross(true, now, rule.cross(start, now.endMicros(), MICROS));
    }
  }

  private void enterFallback(Situation now, long inHand, long nowMicros) {
    switches = ++entered;
    watch.left(nowMicros);
    active = false;
    String missing = now.broken() ? "a piece was lost" : "less comes than is played";
    String why = watch.isFailing() ? ConnectionWatch.why(now) : missing;
    enter(Mode.FALLBACK, why, inHand, nowMicros);
  }

  /**
   * On a grid, if there is time: of players that lost the server at once, one may have got a chunk
   * more than another. If there is not, a little later if that lets a blip pass unheard.
   */
  private Crossing together(Crossing exact, Situation now, long soonest) {
    long start = Math.floorDiv(exact.startMicros() + GRID_MICROS / 2, GRID_MICROS) * GRID_MICROS;
    boolean time = now.endMicros() - exact.startMicros() >= 10 * GRID_MICROS && start >= soonest;
    if (time) {
      return rule.cross(start, now.endMicros(), MICROS);
    }
    long late = Math.min(blipOver(now), exact.startMicros() + LATE_MICROS);
    return late > exact.startMicros() && now.endMicros() - exact.startMicros() > LEAST_BRIDGE_MICROS
        ? rule.cross(late, now.endMicros(), MICROS)
        : exact;
  }

  /** When a server that was lost for three seconds would be back, on its clock. */
  private long blipOver(Situation now) {
    return watch.isFailing() ? serverMicros(now, now.heardAtMicros()) + BLIP_MICROS : NEVER;
  }

  private void fallback(Situation now, long inHand, long nowMicros) {
    long over = cue.startMicros() + cue.fade().frames();
    if (!active && serverMicros(now, nowMicros) >= over) {
      active = true;
      LOG.log(
          System.Logger.Level.INFO,
          "the fallback is active, crossed to within {0} s",
          ConnectionWatch.seconds(cue.fade().frames()));
    }
    if (now.broken() || !watch.isStable(now, nowMicros)) {
      return;
    }
    boolean rests = inHand <= 0 && nowMicros - now.soundAtMicros() >= ConnectionWatch.STABLE_MICROS;
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
        ConnectionWatch.seconds(nowMicros - enteredAt),
        mode.text(),
        why,
        ConnectionWatch.seconds(inHand),
        switches,
        ConnectionWatch.seconds(inFallbackMicros));
    if (mode == Mode.FALLBACK) {
      watch.returned(nowMicros);
    }
    mode = next;
    enteredAt = nowMicros;
    wanted &= next == Mode.STOPPED;
  }
}
