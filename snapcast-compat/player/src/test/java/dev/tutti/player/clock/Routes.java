package dev.tutti.player.clock;

import java.util.random.RandomGenerator;

/** Delays of a network, both ways. TCP: nothing overtakes. */
final class Routes {
  /** How one way is, at an instant. */
  @FunctionalInterface
  interface Way {
    double delayMicros(double nowMicros, RandomGenerator random);
  }

  private final Way there;
  private final Way back;

  private Routes(Way there, Way back) {
    this.there = there;
    this.back = back;
  }

  double there(double now, RandomGenerator random) {
    return there.delayMicros(now, random);
  }

  double back(double now, RandomGenerator random) {
    return back.delayMicros(now, random);
  }

  static Routes of(Way there, Way back) {
    return new Routes(there, back);
  }

  /** At least so long, and up to so much longer. */
  static Way even(double least, double jitter) {
    return (now, random) -> least + random.nextDouble() * jitter;
  }

  static Routes even(double least, double thereJitter, double backJitter) {
    return new Routes(even(least, thereJitter), even(least, backJitter));
  }

  /** A cable: short, and now and then a thread that wakes late. */
  static Routes cable() {
    Way way =
        (now, random) ->
            60
                - 30 * Math.log(1 - random.nextDouble())
                + (random.nextInt(50) == 0 ? random.nextDouble() * 2000 : 0);
    return new Routes(way, way);
  }

  /** Wi-Fi: long tails, and a radio that sleeps between beacons. */
  static Routes wifi(double tail) {
    Way way =
        (now, random) ->
            800
                - tail * Math.log(1 - random.nextDouble())
                + (random.nextInt(20) == 0 ? random.nextDouble() * 102_400 : 0);
    return new Routes(way, way);
  }

  /**
   * Wi-Fi whose client saves power: what comes for it often waits for the next beacon, and what it
   * sends goes at once.
   */
  static Routes powerSave() {
    return new Routes(
        even(1000, 600),
        (now, random) ->
            1000
                + random.nextDouble() * 600
                + (random.nextInt(10) < 8 ? 102_400 - now % 102_400 : 0));
  }

  /** Everything is quick, but for seconds at a time one way is slow. */
  static Routes burstsBack() {
    return new Routes(
        even(300, 300),
        (now, random) ->
            300 + random.nextDouble() * 300 + ((long) (now / 5e6) % 3 == 1 ? 20_000 : 0));
  }
}
