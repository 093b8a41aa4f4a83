package dev.tutti.player.lab;

import java.util.SplittableRandom;

/**
 * What the way to a player is like. Both directions are drawn from it.
 *
 * @param leastMicros no packet is quicker
 * @param jitterMicros usual delay beyond that, exponentially distributed
 * @param loss of packets; TCP sends them again, and what follows waits
 * @param stallEverySeconds the radio sleeps or is disturbed so often, on average; 0 never
 * @param stallMicros for up to so long
 * @param backExtraMicros that the way back is always longer by
 */
public record Network(
    double leastMicros,
    double jitterMicros,
    double loss,
    double stallEverySeconds,
    double stallMicros,
    double backExtraMicros) {
  static final Network CABLE = new Network(80, 40, 0, 0, 0, 0);
  static final Network GOOD_WIFI = new Network(900, 700, 0.002, 20, 60_000, 0);
  static final Network BAD_WIFI = new Network(1_500, 6_000, 0.02, 7, 350_000, 0);

  /** The same, farther away by so much each way. */
  Network farther(double micros) {
    return new Network(
        leastMicros + micros, jitterMicros, loss, stallEverySeconds, stallMicros, backExtraMicros);
  }

  /** One direction of a connection: nothing overtakes. */
  final class Way {
    private final SplittableRandom random;
    private final double extra;
    private double last;
    private double stalledFrom = Double.MAX_VALUE;
    private double stalledTo;

    Way(SplittableRandom random, boolean back) {
      this.random = random;
      this.extra = back ? backExtraMicros : 0;
      nextStall(0);
    }

    private void nextStall(double now) {
      if (stallEverySeconds > 0) {
        stalledFrom = now - stallEverySeconds * 1e6 * Math.log(1 - random.nextDouble());
        stalledTo = stalledFrom + random.nextDouble() * stallMicros;
      }
    }

    /** When what is sent now arrives. */
    double arrives(double now) {
      double delay = leastMicros + extra - jitterMicros * Math.log(1 - random.nextDouble());
      if (random.nextDouble() < loss) {
        delay += 2 * leastMicros + 20_000 + 20_000 * random.nextDouble();
      }
      if (now > stalledTo) {
        nextStall(now);
      }
      double arrival = now + delay;
      if (now >= stalledFrom && now < stalledTo) {
        arrival = stalledTo + delay;
      }
      last = Math.max(last, arrival);
      return last;
    }
  }
}
