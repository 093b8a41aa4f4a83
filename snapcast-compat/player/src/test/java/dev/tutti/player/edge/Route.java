package dev.tutti.player.edge;

import dev.tutti.player.clock.ClockFilter;
import dev.tutti.player.clock.ClockView;
import java.util.SplittableRandom;

/**
 * A bad way to the house, and what a player learns of its clock over it: each way takes 0.2 ms and
 * usually some more, up to 20.
 */
final class Route {
  private static final long LEAST = 200;
  private static final long MOST = 20_000;
  private static final double USUAL = 2_000;

  private final SplittableRandom random;
  private final ClockFilter filter = new ClockFilter();
  private long askAt;
  private long sent;
  private long there;
  private long backAt = Long.MAX_VALUE;

  Route(long seed) {
    random = new SplittableRandom(seed);
  }

  ClockView known() {
    return filter.view();
  }

  private long way() {
    double more = -USUAL * Math.log(1 - random.nextDouble());
    return LEAST + Math.min(MOST, Math.round(more));
  }

  void step(ClockView truth, long now) {
    if (now >= backAt) {
      long at = Math.round(truth.serverMicros((double) there));
      filter.exchange(sent, at, at, backAt);
      askAt = now + filter.askEveryMicros(now);
      backAt = Long.MAX_VALUE;
    } else if (backAt == Long.MAX_VALUE && now >= askAt) {
      sent = now;
      there = sent + way();
      backAt = there + way();
    }
  }
}
