package dev.tutti.player.playout;

/**
 * How much faster or slower to play: the two clocks' rates, which are known, and an error that is
 * taken away over some seconds. For the playing thread; does not allocate.
 */
final class Steering {
  /** An error is taken away at this rate: of 100 µs, 40 µs in the first second. */
  private static final double PER_SECOND = 0.5;

  /** Less than a hundredth of a semitone: nobody hears it. */
  private static final double MOST_PPM = 500;

  /** Beyond this it would take too long. */
  private static final double LOST_MICROS = 5_000;

  private final double restMicros;
  private boolean resting;

  /**
   * @param restMicros an error up to this is left alone as long as none was larger, so that samples
   *     pass unchanged; 0 steers always
   */
  Steering(double restMicros) {
    this.restMicros = restMicros;
  }

  /** Sound begins, just aligned. */
  void begin() {
    resting = restMicros > 0;
  }

  /**
   * Decides.
   *
   * @param earlyMicros how much too early the next frame would sound; negative is late
   * @param neededPpm by the rates of both clocks
   */
  double ppm(double earlyMicros, double neededPpm) {
    if (resting && Math.abs(earlyMicros) <= restMicros) {
      return 0;
    }
    resting = false;
    return neededPpm + Math.clamp(-earlyMicros * PER_SECOND, -MOST_PPM, MOST_PPM);
  }

  /** Whether only a jump helps. */
  static boolean isLost(double earlyMicros) {
    return Math.abs(earlyMicros) > LOST_MICROS;
  }
}
