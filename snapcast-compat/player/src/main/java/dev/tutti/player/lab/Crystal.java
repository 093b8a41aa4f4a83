package dev.tutti.player.lab;

import java.util.SplittableRandom;

/** A clock that began somewhere, runs a little fast or slow, and wanders. For one thread. */
final class Crystal {
  private static final double STEP_MICROS = 1e6;

  /** Of the rate, as a random walk, in a second. */
  private static final double WANDER = 0.02e-6;

  private static final double MOST = 150e-6;

  private final SplittableRandom random;
  private double at;
  private double shown;
  private double rate;

  /**
   * @param ahead what it shows at true time 0, more or less
   * @param ppm how much faster than true time it runs at first
   */
  Crystal(SplittableRandom random, double ahead, double ppm) {
    this.random = random;
    this.shown = ahead;
    this.rate = ppm * 1e-6;
  }

  /** What it shows at an instant of true time, which must not go back by more than a second. */
  double shows(double trueMicros) {
    while (trueMicros - at > STEP_MICROS) {
      at += STEP_MICROS;
      shown += STEP_MICROS * (1 + rate);
      rate = Math.clamp(rate + WANDER * random.nextGaussian(), -MOST, MOST);
    }
    return shown + (trueMicros - at) * (1 + rate);
  }

  /** When it will show something; exact within a second or so. */
  double trueMicros(double shows) {
    return at + (shows - shown) / (1 + rate);
  }
}
