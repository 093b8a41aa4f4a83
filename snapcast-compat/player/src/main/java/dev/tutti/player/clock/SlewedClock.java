package dev.tutti.player.clock;

/**
 * A clock that follows another without ever jumping, because sound is played by it: what it is off
 * is taken away at a rate that nobody hears. While nobody listens it is put at once. A step
 * function, for one thread; what it publishes ({@link #view}) is for any.
 */
public final class SlewedClock {
  /** Beside the rate of the clock that is followed: less than two hundredths of a semitone. */
  static final double MOST_RATE = 1000e-6;

  /** An error is taken away at this rate, if it is small. */
  private static final double PER_SECOND = 0.5;

  private volatile ClockView view = ClockView.UNKNOWN;
  private volatile double behindMicros;

  /** What it shows; of its uncertainty it knows nothing. Any thread. */
  public ClockView view() {
    return view;
  }

  /** How much it is behind the clock that it follows. Any thread. */
  public double behindMicros() {
    return behindMicros;
  }

  /**
   * Goes on.
   *
   * @param server whose epochs it counts by: where they begin, it only changes its name
   * @param target which is followed
   * @param heard whether anybody listens to what is played by it
   */
  public void follow(ClockView server, ClockView target, boolean heard, long nowMicros) {
    if (!server.known() || !target.known()) {
      return;
    }
    ClockView last = view;
    double wanted = target.serverMicros((double) nowMicros);
    if (!heard || !last.known() || server.epoch() - last.epoch() > 1) {
      show(server, wanted, target.rate(), nowMicros);
      behindMicros = 0;
      return;
    }
    double shown =
        last.serverMicros((double) nowMicros)
            + (server.epoch() == last.epoch() ? 0 : (double) server.jumpMicros());
    double behind = wanted - shown;
    double slew = Math.clamp(behind * PER_SECOND * 1e-6, -MOST_RATE, MOST_RATE);
    show(server, shown, target.rate() + slew, nowMicros);
    behindMicros = behind;
  }

  private void show(ClockView server, double shown, double rate, long nowMicros) {
    long base = Math.round(shown) - nowMicros;
    double rest = shown - nowMicros - base;
    boolean same = view.known() && view.epoch() == server.epoch();
    view =
        new ClockView(
            server.epoch(),
            same ? view.jumpMicros() : server.jumpMicros(),
            true,
            base,
            nowMicros,
            rest,
            rate,
            0,
            0,
            0,
            rest,
            rest,
            nowMicros);
  }
}
