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
 * grows. A server that is back moves it slowly while it is heard. One that never heard a server
 * goes by its own until another player tells the time; then the clock runs on, and the {@link
 * #placeMicros place} of the fallback is another. A step function, for one thread; what it
 * publishes is for any.
 */
public final class SharedClock {
  private static final System.Logger LOG = System.getLogger(SharedClock.class.getName());

  /** Two rooms that far apart may be heard to be (K3). */
  private static final double APART_MICROS = 20_000;

  /** Of a clock that was learnt late: what is farther off than this is not slewed, but crossed. */
  private static final double FAR_MICROS = 20_000;

  private final SlewedClock slewed = new SlewedClock();
  private final Supplier<@Nullable Reference> keeper;
  private boolean apart;
  private boolean saidAlone;
  private volatile boolean alone;
  private volatile long placeMicros;
  private int epoch;

  /** What was gone by before the server's clock jumped. */
  private volatile @Nullable Reference stale;

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

  /** What instants are told by: the server's clock, or what is played by before it is known. */
  public ClockView best(ClockView server) {
    return server.known() ? server : view();
  }

  /** The fallback stands where it does when the clock shows so much more. */
  public long placeMicros() {
    return placeMicros;
  }

  /** Whether neither a server nor another player has told the time. Any thread. */
  public boolean isAlone() {
    return alone;
  }

  /**
   * How far it may be from the server's clock, µs, in 99 of 100 moments; −1 while that is not known
   * at all. Any thread.
   */
  public int errorMicros(ClockView server, long nowMicros) {
    Reference by = server.known() ? reference(server) : keeper.get();
    if (by == null || !by.isServers()) {
      return -1;
    }
    double error = Math.abs(slewed.behindMicros()) + by.boundMicros(nowMicros);
    return (int) Math.min(Integer.MAX_VALUE, Math.ceil(error));
  }

  /**
   * Goes on.
   *
   * @param server what is known of its clock
   * @param heard whether anybody listens to what is played by it
   */
  public void follow(ClockView server, boolean heard, long nowMicros) {
    if (server.known()) {
      hearOfJumps(server);
      slewed.follow(met(server, nowMicros), reference(server).view(), heard, nowMicros);
      alone = false;
    } else {
      followOthers(heard, nowMicros);
    }
    say(errorMicros(server, nowMicros), heard);
  }

  /** Whoever keeps the time may have yet to hear that the server's clock has jumped. */
  private void hearOfJumps(ClockView server) {
    if (server.epoch() != epoch) {
      stale = keeper.get();
      epoch = server.epoch();
    }
  }

  /** A server is heard for the first time: what is played goes on, by its clock. */
  private ClockView met(ClockView server, long nowMicros) {
    ClockView last = view();
    if (!last.known() || last.epoch() >= 0) {
      return server;
    }
    long jump = placeMicros + farther(server, nowMicros);
    placeMicros = 0;
    return server.jumped(jump);
  }

  private void followOthers(boolean heard, long nowMicros) {
    Reference kept = keeper.get();
    ClockView target = kept == null ? ClockView.OWN : kept.view();
    boolean own = kept == null || !kept.isServers();
    if (heard && own != saidAlone) {
      saidAlone = own;
      LOG.log(
          System.Logger.Level.INFO,
          own
              ? "nobody has told the time: the fallback is not in step with other rooms"
              : "another player has told the time: the fallback goes into step");
    }
    alone = own;
    placeMicros = heard && view().known() ? placeMicros + farther(target, nowMicros) : 0;
    slewed.follow(ClockView.OWN, target.plus(-placeMicros), heard, nowMicros);
  }

  /** By how much the fallback has to stand elsewhere to be where it is by a clock; 0 if slewed. */
  private long farther(ClockView clock, long nowMicros) {
    double now = (double) nowMicros;
    double off = clock.serverMicros(now) - view().serverMicros(now) - placeMicros;
    return Math.abs(off) < FAR_MICROS ? 0 : Math.round(off);
  }

  private Reference reference(ClockView server) {
    Reference kept = keeper.get();
    // Of the server's own clock we may know more than the one who asks others.
    return kept == null || kept.isOwn() || kept.equals(stale) ? Reference.own(server) : kept;
  }

  private void say(int errorMicros, boolean heard) {
    boolean now = heard && errorMicros > APART_MICROS;
    if (now && !apart) {
      LOG.log(
          System.Logger.Level.WARNING,
          "the fallback may be {0} ms off that of other rooms, by what is known of the server's"
              + " clock now; playing on",
          String.format(Locale.ROOT, "%.1f", errorMicros / 1e3));
    }
    apart = now || (apart && heard);
  }
}
