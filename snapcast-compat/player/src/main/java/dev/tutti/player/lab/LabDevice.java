package dev.tutti.player.lab;

import java.util.SplittableRandom;

/**
 * A sound device in virtual time: a crystal of its own, a buffer, and a delay that it reports
 * coarsely. For one thread.
 */
final class LabDevice {
  private static final int BUFFER_MS = 80;

  private final Crystal crystal;
  private final SplittableRandom random;
  private final int rate;
  private final double coarseFrames;
  private final double beganShowing;
  private double lost;
  private long written;
  private long underruns;

  /**
   * @param coarseMicros the delay is reported in steps of this
   */
  LabDevice(Crystal crystal, SplittableRandom random, int rate, double coarseMicros, double now) {
    this.crystal = crystal;
    this.random = random;
    this.rate = rate;
    this.coarseFrames = coarseMicros * rate / 1e6;
    this.beganShowing = crystal.shows(now);
  }

  private double played(double now) {
    double played = (crystal.shows(now) - beganShowing) * rate / 1e6 - lost;
    if (played > written) {
      // It ran dry: what it would have played is silence that nobody counts.
      lost += played - written;
      underruns += written > 0 ? 1 : 0;
      played = written;
    }
    return played;
  }

  /** True frames before what is handed over next. */
  double delay(double now) {
    return written - played(now);
  }

  /** What it says of its delay. */
  double reported(double now) {
    double delay = delay(now);
    return coarseFrames == 0
        ? delay
        : Math.max(0, delay + (random.nextDouble() - 0.5) * coarseFrames);
  }

  void write(int frames) {
    written += frames;
  }

  /** When there is room for more, in true time. */
  double roomAt(double now, int frames) {
    double over = delay(now) + frames - BUFFER_MS * rate / 1000.0;
    return over <= 0 ? now : now + over * 1e6 / rate;
  }

  /** When a frame sounds that is so many frames away. */
  double soundsAt(double now, double delayFrames) {
    return crystal.trueMicros(crystal.shows(now) + delayFrames * 1e6 / rate);
  }

  long underruns() {
    return underruns;
  }
}
