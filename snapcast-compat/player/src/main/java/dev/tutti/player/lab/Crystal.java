package dev.tutti.player.lab;

import java.util.SplittableRandom;

/** A clock that began somewhere, runs a little fast or slow, and wanders. For one thread. */
public final class Crystal {
  private static final double STEP_MICROS = 1e6;

  /** Of the rate, as a random walk, in a second. */
  private static final double WANDER = 0.02e-6;

  private static final double MOST = 150e-6;

  /** A good quartz: its rate stays within half a ppm or so of what it is made for. */
  private static final double GOOD = 0.5e-6;

  /** It goes with the temperature of a room. */
  private static final double GOOD_SECONDS = 1800;

  /** How one is made. */
  interface Cut {
    /** Parameters as of {@link Crystal#Crystal}. */
    Crystal of(SplittableRandom random, double ahead, double ppm);
  }

  private final SplittableRandom random;
  private double at;
  private double shown;
  private double rate;
  private final double made;
  private final double wander;
  private final double back;

  /**
   * One that wanders for ever.
   *
   * @param ahead what it shows at true time 0, more or less
   * @param ppm how much faster than true time it runs at first
   */
  Crystal(SplittableRandom random, double ahead, double ppm) {
    this(random, ahead, ppm, WANDER, 0);
  }

  private Crystal(
      SplittableRandom random, double ahead, double ppm, double wander, double backPerSecond) {
    this.random = random;
    this.shown = ahead;
    this.made = ppm * 1e-6;
    this.rate = made;
    this.wander = wander;
    this.back = backPerSecond;
  }

  /** One that wanders by 0.5 ppm around its own rate, within half an hour or so. */
  public static Crystal good(SplittableRandom random, double ahead, double ppm) {
    Crystal crystal =
        new Crystal(random, ahead, ppm, GOOD * Math.sqrt(2 / GOOD_SECONDS), 1 / GOOD_SECONDS);
    crystal.rate += GOOD * random.nextGaussian();
    return crystal;
  }

  /** What it shows at an instant of true time, which must not go back by more than a second. */
  public double shows(double trueMicros) {
    while (trueMicros - at > STEP_MICROS) {
      at += STEP_MICROS;
      shown += STEP_MICROS * (1 + rate);
      double moved = rate + wander * random.nextGaussian() - back * (rate - made);
      rate = Math.clamp(moved, -MOST, MOST);
    }
    return shown + (trueMicros - at) * (1 + rate);
  }

  /** When it will show something; exact within a second or so. */
  public double trueMicros(double shows) {
    return at + (shows - shown) / (1 + rate);
  }
}
