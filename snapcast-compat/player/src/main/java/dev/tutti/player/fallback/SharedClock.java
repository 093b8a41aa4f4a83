package dev.tutti.player.fallback;

import dev.tutti.player.clock.ClockView;
import dev.tutti.player.clock.SlewedClock;
import dev.tutti.player.keeper.Reference;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The clock that cut-off rooms play by: the server's as it was when it was last heard, running on
 * at the last known rate, or that of the player that keeps the time; with a bound of its error that
 * grows. A server that is back moves it slowly while it is heard. A step function, for one thread;
 * what it publishes is for any.
 */
public final class SharedClock {
  private static final System.Logger LOG = System.getLogger(SharedClock.class.getName());

  /** Two rooms that far apart may be heard to be (K3). */
  private static final double APART_MICROS = 20_000;

  private final SlewedClock slewed = new SlewedClock();
  private final Supplier<@Nullable Reference> keeper;
  private boolean apart;

  /** Of a player that asks no others. */
  public SharedClock() {
    this(() -> null);
  }

  /**
   * @param keeper what the players that reach each other go by; null while nothing is known
   */
  public SharedClock(Supplier<@Nullable Reference> keeper) {
    this.keeper = keeper;
  }

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
    double error = Math.abs(slewed.behindMicros()) + reference(server).boundMicros(nowMicros);
    return (int) Math.min(Integer.MAX_VALUE, Math.ceil(error));
  }

  /**
   * Goes on.
   *
   * @param server what is known of its clock
   * @param heard whether anybody listens to what is played by it
   */
  public void follow(ClockView server, boolean heard, long nowMicros) {
    slewed.follow(server, reference(server).view(), heard, nowMicros);
    if (server.known()) {
      say(errorMicros(server, nowMicros), heard);
    }
  }

  private Reference reference(ClockView server) {
    Reference kept = keeper.get();
    // Of the server's own clock we may know more than the one who asks others.
    return kept == null || kept.isOwn() ? Reference.own(server) : kept;
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
