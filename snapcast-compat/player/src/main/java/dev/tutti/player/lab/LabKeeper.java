package dev.tutti.player.lab;

import dev.tutti.player.clock.ClockView;
import dev.tutti.player.keeper.House;
import dev.tutti.player.keeper.TimeKeeper;
import java.util.function.Supplier;

/** Steps a player's time keeper when that is due, and carries what it says. For one thread. */
final class LabKeeper {
  private static final byte[] KEY = new byte[32];

  private final Events events;
  private final Crystal crystal;
  private final TimeKeeper keeper;
  private final Supplier<ClockView> known;
  private final Supplier<String> clockId;
  private double wakeAt;

  /**
   * @param index of the player
   * @param known of the server's clock
   * @param clockId the name of that
   */
  LabKeeper(
      int index,
      long id,
      Events events,
      LabAir air,
      Crystal crystal,
      Supplier<ClockView> known,
      Supplier<String> clockId) {
    this.events = events;
    this.crystal = crystal;
    this.known = known;
    this.clockId = clockId;
    keeper = new TimeKeeper(id, (to, bytes) -> air.carry(index, to, bytes));
    keeper.house(new House(KEY, air.others(index)));
    air.join((from, bytes) -> keeper.received(from, bytes, local()));
  }

  TimeKeeper keeper() {
    return keeper;
  }

  private long local() {
    return (long) crystal.shows(events.nowMicros());
  }

  /** Steps it now, and from then on. */
  void step() {
    long next = keeper.step(known.get(), clockId.get(), local());
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
}
