package dev.tutti.player.clock;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;

/**
 * A server's clock beside ours, and a filter that asks for the time over some routes, as a session
 * does: without waiting for replies, 16 at most on their way. Ours is the time axis; the server's
 * differs by an offset that drifts, wanders, is slewed and jumps.
 */
final class TwoClocks {
  private static final double STEP = 1000;
  private static final int MOST_WAITING = 16;

  private final SplittableRandom random;
  private Routes routes;
  final ClockFilter filter = new ClockFilter();
  double nowMicros;
  private double offset;
  private double ratePpm;
  double wanderPpmPerRootSecond = 0.02;
  double slewPpm;

  /** Requests on their way: when they left. */
  private final Deque<double[]> requests = new ArrayDeque<>();

  /** Replies on their way: what the filter will be told, and when. */
  private final Deque<long[]> replies = new ArrayDeque<>();

  private double nextAsk;
  private double lastThere;
  private double lastBack;
  private boolean away;
  private boolean asleep;
  int jumps;
  int asked;

  /** Exchanges that came to the filter since a clock jumped. */
  int exchangesSinceJump;

  /** Whether a clock jumped and the filter has not found out. */
  boolean deceived;

  TwoClocks(long seed, Routes routes, double offset, double ratePpm) {
    this.random = new SplittableRandom(seed);
    this.routes = routes;
    this.offset = offset;
    this.ratePpm = ratePpm;
    this.nowMicros = 100_000_000;
    this.nextAsk = nowMicros;
  }

  /** Lets time pass. */
  TwoClocks run(double seconds) {
    double end = nowMicros + seconds * 1e6;
    while (nowMicros < end) {
      nowMicros += STEP;
      ratePpm += wanderPpmPerRootSecond * Math.sqrt(STEP * 1e-6) * random.nextGaussian();
      offset += asleep ? -STEP : STEP * 1e-6 * (ratePpm + slewPpm);
      if (nowMicros >= nextAsk && !away) {
        ask();
      }
      if (!asleep) {
        answer();
      }
      deliver();
    }
    return this;
  }

  private void ask() {
    if (requests.size() + replies.size() < MOST_WAITING) {
      asked++;
      double sent = nowMicros - random.nextDouble() * STEP;
      lastThere = Math.max(lastThere, sent + routes.there(sent, random));
      requests.add(new double[] {sent, lastThere});
    }
    nextAsk = nowMicros + filter.askEveryMicros((long) nowMicros);
  }

  private void answer() {
    while (!requests.isEmpty() && requests.getFirst()[1] <= nowMicros) {
      double[] request = requests.removeFirst();
      // It came while the server slept: it is read now.
      double arrived = Math.max(request[1], nowMicros - STEP);
      double replied = arrived + random.nextDouble() * 50;
      lastBack = Math.max(lastBack, replied + routes.back(replied, random));
      replies.add(
          new long[] {
            (long) request[0], (long) server(arrived), (long) server(replied), (long) lastBack
          });
    }
  }

  private void deliver() {
    while (!replies.isEmpty() && replies.getFirst()[3] <= nowMicros) {
      long[] times = replies.removeFirst();
      exchangesSinceJump++;
      if (filter.exchange(times[0], times[1], times[2], times[3]) == ClockFilter.Outcome.JUMPED) {
        jumps++;
        deceived = false;
      }
    }
  }

  /** The server's clock at an instant of ours close to now. */
  double server(double local) {
    return local + offset + (ratePpm + slewPpm) * 1e-6 * (local - nowMicros);
  }

  /** Another way from now on. */
  void reroute(Routes other) {
    routes = other;
  }

  /** The server's machine starts anew, and its clock with it: all connections end. */
  void serverClockRestarts() {
    offset = -nowMicros + random.nextDouble() * 1e6;
    requests.clear();
    replies.clear();
    nextAsk = nowMicros;
    jumped();
  }

  /** No server for a while; its clock goes on. */
  void serverAway(double seconds) {
    away = true;
    requests.clear();
    replies.clear();
    run(seconds);
    away = false;
    nextAsk = nowMicros;
  }

  /** Our machine sleeps: our clock stands still, and the server's goes on. */
  void sleep(double seconds) {
    offset += seconds * 1e6;
    jumped();
  }

  /** The server's machine sleeps: its clock stands still, what it is sent waits, ours goes on. */
  void serverSleeps(double seconds) {
    asleep = true;
    jumped();
    run(seconds);
    asleep = false;
    exchangesSinceJump = 0;
  }

  private void jumped() {
    deceived = true;
    exchangesSinceJump = 0;
  }

  /** Estimate minus truth. */
  double errorMicros() {
    return filter.view().serverMicros(nowMicros) - server(nowMicros);
  }

  double boundMicros() {
    return filter.view().boundMicros(nowMicros);
  }
}
