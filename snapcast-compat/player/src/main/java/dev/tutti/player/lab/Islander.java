package dev.tutti.player.lab;

import dev.tutti.player.clock.ClockFilter;
import dev.tutti.player.clock.ClockView;
import dev.tutti.player.fallback.SharedClock;
import dev.tutti.player.keeper.House;
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
  private final TimeKeeper keeper;
  private final SharedClock heard;
  private int life = -1;
  private boolean asking;
  private boolean gone;

  /** Somebody listens: once a server was there, or at once after a restart. */
  private boolean listened;

  private double wakeAt;
  private double steppedMicros;

  Islander(Islands islands, int index, Crystal crystal, SplittableRandom random) {
    this.islands = islands;
    this.index = index;
    this.crystal = crystal;
    id = random.nextLong() | 1;
    keeper = new TimeKeeper(id, (to, bytes) -> islands.carry(index, to, bytes));
    heard = new SharedClock(keeper::reference);
    keeper.house(new House(Islands.key(), islands.others(index)));
  }

  void start() {
    look();
  }

  /** As {@link #start}, and its fallback is heard already. */
  void startAnew() {
    listened = true;
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
    if (gone) {
      return;
    }
    step();
    if (keeper.reference() != null) {
      follow();
    }
    Events events = islands.events();
    events.at(events.nowMicros() + LOOK_MICROS, this::look);
  }

  private void follow() {
    long now = local();
    ClockView before = heard.view();
    listened |= filter.view().known();
    heard.follow(filter.view(), listened, now);
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
    if (gone || !isServed()) {
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
            if (at == wakeAt && !gone) {
              step();
            }
          });
    }
  }

  /** What is heard by its clock, against the server's, µs. */
  public double errorMicros() {
    double now = crystal.shows(islands.events().nowMicros());
    double shown = heard.view().serverMicros(now) + heard.placeMicros();
    return shown - islands.shows(life < 0 ? islands.life() : life);
  }

  /** What it says of that; infinity if it knows nothing. */
  public double boundMicros() {
    int error = heard.errorMicros(filter.view(), local());
    return error < 0 ? Double.POSITIVE_INFINITY : error;
  }

  /** It is switched off. */
  void end() {
    gone = true;
  }
}
