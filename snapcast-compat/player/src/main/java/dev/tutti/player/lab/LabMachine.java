package dev.tutti.player.lab;

import dev.tutti.player.session.ServerSession;
import java.util.SplittableRandom;

/**
 * A machine with a clock of its own that steps a session when that is due, and now and then pauses:
 * nothing runs then. For one thread.
 */
final class LabMachine {
  private static final double PAUSE_EVERY_SECONDS = 5;

  /** One that has paused runs at least so long: it would be too slow for its device. */
  private static final double RUNS_MICROS = 200_000;

  private final Events events;
  private final Crystal clock;
  private final SplittableRandom random;
  private final double pauseMicros;
  private final ServerSession session;
  private final Runnable afterStep;
  private double wakeAt = Double.MAX_VALUE;
  private double pausedUntil;

  /**
   * @param pauseMicros it pauses for up to so long; 0 for never
   * @param afterStep called whenever the session was stepped
   */
  LabMachine(
      Events events,
      Crystal clock,
      SplittableRandom random,
      double pauseMicros,
      ServerSession session,
      Runnable afterStep) {
    this.events = events;
    this.clock = clock;
    this.random = random;
    this.pauseMicros = pauseMicros;
    this.session = session;
    this.afterStep = afterStep;
  }

  void start() {
    wake(events.nowMicros());
    if (pauseMicros > 0) {
      nextPause();
    }
  }

  ServerSession session() {
    return session;
  }

  /** What its clock shows. */
  long local() {
    return (long) clock.shows(events.nowMicros());
  }

  private void nextPause() {
    double wait = RUNS_MICROS - PAUSE_EVERY_SECONDS * 1e6 * Math.log(1 - random.nextDouble());
    events.at(
        Math.max(events.nowMicros(), pausedUntil) + wait,
        () -> {
          pausedUntil = events.nowMicros() + random.nextDouble() * pauseMicros;
          nextPause();
        });
  }

  /** Runs now, or when the machine goes on. */
  void run(Runnable what) {
    if (events.nowMicros() < pausedUntil) {
      events.at(pausedUntil, () -> run(what));
    } else {
      what.run();
    }
  }

  private void wake(double atMicros) {
    if (atMicros < wakeAt) {
      wakeAt = atMicros;
      events.at(atMicros, () -> run(() -> step(atMicros)));
    }
  }

  private void step(double plannedMicros) {
    if (plannedMicros == wakeAt) {
      wakeAt = Double.MAX_VALUE;
      stepped();
    }
  }

  /** Something has happened: the session does what is due. */
  void stepped() {
    long next = session.step(local());
    if (next != Long.MAX_VALUE) {
      wake(Math.max(clock.trueMicros((double) next), events.nowMicros() + 1));
    }
    afterStep.run();
  }
}
