package dev.tutti.player.playout;

import dev.tutti.player.clock.Drift;

/**
 * When a frame handed to the device sounds: the device's own crystal against our clock, from what
 * the device says of its delay, which may be coarse or noisy, and at first quite wrong. For the
 * playing thread; does not allocate.
 */
final class DeviceClock {
  /** A device that is off by more has stopped or jumped in between. */
  private static final double BROKEN_MICROS = 5_000;

  /** It is believed once it has made sense for so long. */
  private static final long STEADY_MICROS = 300_000;

  private static final double STEADY_SIGMA = 1_000;
  private static final double LEAST_SIGMA = 3;
  private static final double FIRST_SIGMA = 500;

  /** Noise is forgotten, and a lasting deviation noticed, over so long. */
  private static final double FORGET_MICROS = 1_000_000;

  private static final double NOTICE_MICROS = 1_000_000;

  /** A crystal does not run differently because the sound server or a driver stumbled. */
  private static final double CRYSTAL_MOVES = 1e-6;

  /** It may have been moved to another sound card. */
  private static final double ANOTHER_DEVICE = 30e-6;

  private static final double LASTING_MICROS = 50;
  private static final double LASTING_NOISES = 3;
  private static final double QUICKEST_GROWS = 0.01;

  private final double microsPerFrame;
  private final Drift drift = new Drift();
  private double noise;
  private double quickest = Double.MAX_VALUE;
  private double lasting;
  private long beganAt;
  private long heardAt;
  private boolean known;
  private boolean broke;

  DeviceClock(int rate) {
    microsPerFrame = 1e6 / rate;
  }

  /**
   * Takes in what the device says.
   *
   * @param sounding index of the frame that sounds at this instant, may be fractional
   * @param withinMicros that instant is certain within this
   * @return false if it does not fit what was known: the device stopped or jumped, and is followed
   */
  boolean observe(double sounding, long nowMicros, double withinMicros) {
    double offset = sounding * microsPerFrame - nowMicros;
    // Half of the quickest way there and back errs always alike; only what is beyond it counts.
    quickest = Math.min(quickest + QUICKEST_GROWS * (withinMicros - quickest), withinMicros);
    double unsure = withinMicros - quickest;
    if (!known) {
      begin(offset, nowMicros);
      return true;
    }
    double residual = offset - drift.offsetAt(nowMicros);
    if (Math.abs(residual) > BROKEN_MICROS + 4 * noise + unsure) {
      // Once may be a misreading; twice in a row it is so.
      boolean twice = broke;
      broke = !twice;
      if (twice) {
        begin(offset, nowMicros);
      }
      return !twice;
    }
    broke = false;
    double sure = Math.max(0, Math.abs(residual - lasting) - unsure);
    double later = nowMicros - heardAt;
    heardAt = nowMicros;
    noise += Math.min(0.1, later / FORGET_MICROS) * (sure - noise);
    lasting += Math.copySign(Math.min(0.1, later / NOTICE_MICROS) * sure, residual - lasting);
    if (Math.abs(lasting) > LASTING_NOISES * noise + LASTING_MICROS) {
      drift.doubtOffset(lasting, CRYSTAL_MOVES, nowMicros);
      lasting = 0;
    }
    drift.correct(residual, LEAST_SIGMA + 1.5 * noise + unsure, nowMicros);
    return true;
  }

  private void begin(double offset, long nowMicros) {
    if (known) {
      drift.jump(offset, FIRST_SIGMA, ANOTHER_DEVICE, nowMicros);
    } else {
      drift.begin(offset, FIRST_SIGMA, nowMicros);
    }
    noise = FIRST_SIGMA / 10;
    lasting = 0;
    beganAt = nowMicros;
    heardAt = nowMicros;
    known = true;
    broke = false;
  }

  /** Whether it has told anything yet. */
  boolean isKnown() {
    return known;
  }

  /** Whether what it says has made sense for a while. */
  boolean isSteady(long nowMicros) {
    return known
        && nowMicros - beganAt >= STEADY_MICROS
        && likelyErrorMicros(nowMicros) < STEADY_SIGMA;
  }

  /** When a frame sounds, on our clock. */
  double soundsAt(double frame, long nowMicros) {
    double ahead = frame * microsPerFrame - (nowMicros + drift.offsetAt(nowMicros));
    return nowMicros + ahead / (1 + drift.rate());
  }

  /** How much faster than our clock it runs. */
  double rate() {
    return drift.rate();
  }

  /** The usual error of {@link #soundsAt}. */
  double likelyErrorMicros(long nowMicros) {
    return Math.sqrt(drift.varianceAt(nowMicros));
  }
}
