package dev.tutti.player.clock;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;

/**
 * A server's clock beside ours, and a filter that asks for the time over some routes. Ours is the
 * time axis; the server's differs by an offset that drifts, wanders, is slewed and jumps.
 */
final class TwoClocks {
  private static final double STEP = 1000;

  private final SplittableRandom random;
  private final Routes routes;
  final ClockFilter filter = new ClockFilter();
  double nowMicros;
  private double offset;
  private double ratePpm;
  double wanderPpmPerRootSecond = 0.02;
  double slewPpm;

  /** Requests on their way: what the filter will be told, and when. */
  private final Deque<long[]> replies = new ArrayDeque<>();

  private double nextAsk;
  private double lastThere;
  private double lastBack;
  int jumps;
  int asked;

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
      offset += STEP * 1e-6 * (ratePpm + slewPpm);
      if (nowMicros >= nextAsk) {
        ask();
      }
      deliver();
    }
    return this;
  }

  private void ask() {
    asked++;
    double sent = nowMicros - random.nextDouble() * STEP;
    double arrived = Math.max(lastThere, sent + routes.there(sent, random));
    lastThere = arrived;
    double replied = arrived + random.nextDouble() * 50;
    double received = Math.max(lastBack, replied + routes.back(replied, random));
    lastBack = received;
    replies.add(
        new long[] {
          (long) sent, (long) (server(arrived)), (long) (server(replied)), (long) received
        });
    nextAsk = Math.max(nowMicros, received) + filter.askEveryMicros((long) nowMicros);
  }

  private void deliver() {
    while (!replies.isEmpty() && replies.getFirst()[3] <= nowMicros) {
      long[] times = replies.removeFirst();
      if (filter.exchange(times[0], times[1], times[2], times[3]) == ClockFilter.Outcome.JUMPED) {
        jumps++;
      }
    }
  }

  /** The server's clock at an instant of ours close to now. */
  double server(double local) {
    return local + offset + (ratePpm + slewPpm) * 1e-6 * (local - nowMicros);
  }

  /** The server's clock becomes another. */
  void jump(double micros) {
    offset += micros;
    replies.clear();
    nextAsk = nowMicros;
  }

  /** Estimate minus truth. */
  double errorMicros() {
    return filter.view().serverMicros(nowMicros) - server(nowMicros);
  }

  double boundMicros() {
    return filter.view().boundMicros(nowMicros);
  }
}
