package dev.tutti.player.fallback;

import dev.tutti.player.clock.ClockView;
import dev.tutti.player.clock.SlewedClock;
import java.util.Locale;

/**
 * The clock that cut-off rooms play by: the server's as it was when it was last heard, running on
 * at the last known rate, with a bound of its error that grows. A server that is back moves it
 * slowly while it is heard. A step function, for one thread; what it publishes is for any.
 */
public final class SharedClock {
  private static final System.Logger LOG = System.getLogger(SharedClock.class.getName());

  /** Two rooms that far apart may be heard to be (K3). */
  private static final double APART_MICROS = 20_000;

  private final SlewedClock slewed = new SlewedClock();
  private boolean apart;

  /** What is played by. Any thread. */
  public ClockView view() {
    return slewed.view();
  }

  /**
   * How far it may be from the server's clock, µs, in 99 of 100 moments; −1 while that is not known
   * at all. Any thread.
   */
  public int errorMicros(ClockView server, long nowMicros) {
    if (!server.known()) {
      return -1;
    }
    double error = Math.abs(slewed.behindMicros()) + server.holdoverMicros((double) nowMicros);
    return (int) Math.min(Integer.MAX_VALUE, Math.ceil(error));
  }

  /**
   * Goes on.
   *
   * @param server what is known of its clock
   * @param heard whether anybody listens to what is played by it
   */
  public void follow(ClockView server, boolean heard, long nowMicros) {
    slewed.follow(server, server, heard, nowMicros);
    if (server.known()) {
      say(errorMicros(server, nowMicros), heard);
    }
  }

  private void say(int errorMicros, boolean heard) {
    boolean now = heard && errorMicros > APART_MICROS;
    if (now && !apart) {
      LOG.log(
          System.Logger.Level.WARNING,
          "the server has been gone for so long that the fallback may be {0} ms off that of other"
              + " rooms; playing on",
          String.format(Locale.ROOT, "%.1f", errorMicros / 1e3));
    }
    apart = now || (apart && heard);
  }
}
