package dev.tutti.player.lab;

import dev.tutti.player.clock.ClockFilter;
import dev.tutti.player.clock.ClockView;
import dev.tutti.player.clock.SlewedClock;
import dev.tutti.player.keeper.House;
import dev.tutti.player.keeper.Reference;
import dev.tutti.player.keeper.TimeKeeper;
import java.util.SplittableRandom;

/** A player of {@link Islands}: its crystal and its real clocks. For one thread. */
public final class Islander {
  private static final double LOOK_MICROS = 200_000;

  private final Islands islands;
  private final int index;
  private final long id;
  private final Crystal crystal;
  private final ClockFilter filter = new ClockFilter();
  private final SlewedClock heard = new SlewedClock();
  private final TimeKeeper keeper;
  private int life = -1;
  private boolean asking;
  private double wakeAt;
  private double steppedMicros;

  Islander(Islands islands, int index, Crystal crystal, SplittableRandom random) {
    this.islands = islands;
    this.index = index;
    this.crystal = crystal;
    id = random.nextLong() | 1;
    keeper = new TimeKeeper(id, (to, bytes) -> islands.carry(index, to, bytes));
    keeper.house(new House(Islands.key(), islands.others(index)));
  }

  void start() {
    look();
  }

  /** Tells it from all others. */
  public long id() {
    return id;
  }

  public TimeKeeper keeper() {
    return keeper;
  }

  /** What our clock shows. */
  public long local() {
    return (long) crystal.shows(islands.events().nowMicros());
  }

  /** What is known of the server's clock. */
  public ClockView known() {
    return filter.view();
  }

  /** Whether the server reaches it. */
  boolean isServed() {
    return islands.isServed(index);
  }

  /** Which of the server's clocks it goes by. */
  int life() {
    return life;
  }

  private void look() {
    if (isServed() && !asking) {
      asking = true;
      ask();
    }
    step();
    Reference by = keeper.reference();
    if (by != null) {
      follow(by);
    }
    Events events = islands.events();
    events.at(events.nowMicros() + LOOK_MICROS, this::look);
  }

  private void follow(Reference by) {
    long now = local();
    ClockView before = heard.view();
    heard.follow(filter.view(), by.view(), true, now);
    ClockView after = heard.view();
    if (before.known() && before.epoch() == after.epoch()) {
      double step = after.serverMicros((double) now) - before.serverMicros((double) now);
      steppedMicros = Math.max(steppedMicros, Math.abs(step));
    }
  }

  /** The most that what is heard ever jumped by. */
  double steppedMicros() {
    return steppedMicros;
  }

  private void ask() {
    if (!isServed()) {
      asking = false;
      return;
    }
    Events events = islands.events();
    long sent = local();
    int asked = islands.life();
    events.at(
        events.nowMicros() + islands.delay(),
        () -> {
          long server = (long) islands.shows(asked);
          events.at(events.nowMicros() + islands.delay(), () -> told(sent, server, asked));
        });
    double again = crystal.trueMicros((double) (sent + filter.askEveryMicros(sent)));
    events.at(Math.max(again, events.nowMicros() + 1_000), this::ask);
  }

  private void told(long sent, long server, int asked) {
    if (asked != life && filter.view().known()) {
      // The server has named its clock when it greeted us.
      filter.another();
    }
    life = asked;
    filter.exchange(sent, server, server, local());
  }

  private void step() {
    long next = keeper.step(filter.view(), "boot/" + life, local());
    Events events = islands.events();
    double at = Math.max(crystal.trueMicros((double) next), events.nowMicros() + 1);
    if (wakeAt <= events.nowMicros() || at < wakeAt) {
      wakeAt = at;
      events.at(
          at,
          () -> {
            if (at == wakeAt) {
              step();
            }
          });
    }
  }

  /** What is heard by its clock, against the server's, µs. */
  public double errorMicros() {
    double now = crystal.shows(islands.events().nowMicros());
    return heard.view().serverMicros(now) - islands.shows(life);
  }

  /** What it says of that. */
  public double boundMicros() {
    Reference by = keeper.reference();
    return by == null
        ? Double.POSITIVE_INFINITY
        : by.boundMicros(local()) + Math.abs(heard.behindMicros());
  }
}
