package dev.tutti.player.lab;

import java.util.SplittableRandom;

/**
 * What the way to a player is like. Both directions are drawn from it, each by itself.
 *
 * <p>A message takes the shortest time there is, and beyond that a log-normal one: most are close
 * to the shortest, few take many times longer. A lost one is sent again by TCP once what follows
 * has shown that it is missing, and lost again only after TCP's longest patience, each time twice
 * as long. Meanwhile what follows waits: nothing overtakes. Now and then everything stands still (a
 * radio scans, an oven cooks). A radio that saves power lets what comes for it wait at the access
 * point until the next beacon, and sends its own at once.
 *
 * @param leastMicros no message is quicker
 * @param usualMicros median of what comes on top
 * @param tail of the log-normal distribution (its σ): 0.7 is tame, 1.3 is heavy
 * @param loss of messages, as TCP sees it
 * @param stallEverySeconds all stands still so often, on average; 0 never
 * @param stallMicros for up to so long, and one of twenty for up to six times as long
 * @param dozeEverySeconds power is saved so often, on average, for up to two seconds; 0 never
 */
public record Network(
    double leastMicros,
    double usualMicros,
    double tail,
    double loss,
    double stallEverySeconds,
    double stallMicros,
    double dozeEverySeconds) {
  private static final double BEACON_MICROS = 102_400;
  private static final double DOZE_MICROS = 2_000_000;

  /** Of so many stalls one may be so many times longer. */
  private static final int RARE = 20;

  private static final double RARE_LONGER = 6;

  /** What follows a lost message shows its loss after so long. */
  private static final double NOTICED_MICROS = 20_000;

  private static final double RESENT_AGAIN_MICROS = 200_000;

  /**
   * Switched Ethernet between small machines: 99 of 100 within 0.3 ms, a thread that wakes late
   * included.
   */
  static final Network CABLE = new Network(80, 30, 0.9, 0.000_01, 0, 0, 0);

  /**
   * A good signal: half within 1.5 ms, 99 of 100 within 6 ms; the radio's own repetitions hide most
   * losses; it dozes when it may, and looks around every 20 seconds.
   */
  static final Network GOOD_WIFI = new Network(900, 600, 0.9, 0.001, 20, 60_000, 30);

  /**
   * Through walls, beside a microwave oven: half within 6 ms, one of a hundred beyond 80 ms; often
   * still for a third of a second, and now and then for two.
   */
  static final Network BAD_WIFI = new Network(1_500, 4_000, 1.3, 0.02, 7, 350_000, 15);

  /** Routers in between: far or near, and quite even. */
  static final Network INTERNET = new Network(500, 400, 0.7, 0.000_5, 0, 0, 0);

  /** One direction of a connection: nothing overtakes. */
  final class Way {
    private final SplittableRandom random;
    private final double extra;
    private final boolean dozes;
    private double last;
    private double stalledFrom = Double.MAX_VALUE;
    private double stalledTo;
    private double dozingFrom = Double.MAX_VALUE;
    private double dozingTo;

    /**
     * @param extraMicros that each message takes longer
     * @param back whether it is the way to the player
     */
    Way(SplittableRandom random, double extraMicros, boolean back, double now) {
      this.random = random;
      this.extra = extraMicros;
      this.dozes = back && dozeEverySeconds > 0;
      nextStall(now);
      nextDoze(now);
    }

    private void nextStall(double now) {
      if (stallEverySeconds > 0) {
        stalledFrom = now + wait(stallEverySeconds);
        double longer = random.nextInt(RARE) == 0 ? RARE_LONGER : 1;
        stalledTo = stalledFrom + random.nextDouble() * stallMicros * longer;
      }
    }

    private void nextDoze(double now) {
      if (dozes) {
        dozingFrom = now + wait(dozeEverySeconds);
        dozingTo = dozingFrom + random.nextDouble() * DOZE_MICROS;
      }
    }

    private double wait(double seconds) {
      return -seconds * 1e6 * Math.log(1 - random.nextDouble());
    }

    /** When what is sent now arrives. */
    double arrives(double now) {
      double delay =
          leastMicros + extra + usualMicros * Math.exp(tail * random.nextGaussian()) + resent();
      double arrival = now + delay;
      if (now >= stalledFrom && now < stalledTo) {
        arrival = stalledTo + delay;
      } else if (now >= stalledTo) {
        nextStall(now);
      }
      if (arrival >= dozingFrom && arrival < dozingTo) {
        arrival = Math.ceil(arrival / BEACON_MICROS) * BEACON_MICROS;
      } else if (arrival >= dozingTo) {
        nextDoze(now);
      }
      last = Math.max(last, arrival);
      return last;
    }

    /** What TCP's repetitions cost. */
    private double resent() {
      double cost = 0;
      double wait = 2 * (leastMicros + extra) + NOTICED_MICROS * (1 + random.nextDouble());
      while (random.nextDouble() < loss) {
        cost += wait;
        wait = Math.max(RESENT_AGAIN_MICROS, 2 * wait);
      }
      return cost;
    }
  }
}
