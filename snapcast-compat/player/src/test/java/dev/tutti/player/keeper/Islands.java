package dev.tutti.player.keeper;

import dev.tutti.player.clock.ClockFilter;
import dev.tutti.player.clock.ClockView;
import dev.tutti.player.clock.SlewedClock;
import dev.tutti.player.lab.Crystal;
import dev.tutti.player.lab.Events;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiPredicate;

/**
 * A server's clock, players with crystals of their own, and who reaches whom, in virtual time. The
 * server's clock is the time itself.
 */
final class Islands {
  private static final byte[] KEY = new byte[32];
  private static final double LOOK = 200_000;

  final Events events = new Events();
  private final SplittableRandom random;
  final List<Player> players = new ArrayList<>();
  private final List<InetSocketAddress> addresses = new ArrayList<>();
  private BiPredicate<Integer, Integer> reach = (a, b) -> true;
  private BiPredicate<Integer, Integer> served = (a, b) -> true;
  private double loss;
  private double delayMicros = 200;
  long datagrams;

  Islands(int count, long seed) {
    random = new SplittableRandom(seed);
    for (int i = 0; i < count; i++) {
      addresses.add(InetSocketAddress.createUnresolved("player-" + i, 1));
    }
    for (int i = 0; i < count; i++) {
      Player player = new Player(i);
      players.add(player);
      events.at(events.nowMicros() + random.nextDouble() * LOOK, player::look);
    }
  }

  /** Who reaches whom from now on. */
  Islands reach(BiPredicate<Integer, Integer> who) {
    reach = who;
    return this;
  }

  /** Whom the server reaches from now on. */
  Islands served(BiPredicate<Integer, Integer> who) {
    served = who;
    return this;
  }

  Islands cut() {
    return served((a, b) -> false);
  }

  Islands network(double lossPart, double delay) {
    loss = lossPart;
    delayMicros = delay;
    return this;
  }

  Islands run(double seconds) {
    events.runUntil(events.nowMicros() + seconds * 1e6);
    return this;
  }

  /** How far two players are apart, µs. */
  double apart(int one, int other) {
    return players.get(one).error() - players.get(other).error();
  }

  /** The largest distance of any two of some players. */
  double spread(int... which) {
    double least = Double.MAX_VALUE;
    double most = -Double.MAX_VALUE;
    for (int i : which) {
      least = Math.min(least, players.get(i).error());
      most = Math.max(most, players.get(i).error());
    }
    return most - least;
  }

  final class Player {
    final int index;
    final long id;
    private final Crystal crystal;
    private final ClockFilter filter = new ClockFilter();
    final SlewedClock heard = new SlewedClock();
    final TimeKeeper keeper;
    String clock = "boot/0";
    private double wakeAt;

    Player(int index) {
      this.index = index;
      id = random.nextLong() | 1;
      crystal = Crystal.good(random.split(), random.nextDouble() * 1e9, random.nextDouble(-80, 80));
      keeper = new TimeKeeper(id, (to, bytes) -> carry(index, addresses.indexOf(to), bytes));
      keeper.house(new House(KEY, others()));
    }

    private List<InetSocketAddress> others() {
      return addresses.stream().filter(a -> !a.equals(addresses.get(index))).toList();
    }

    long local() {
      return (long) crystal.shows(events.nowMicros());
    }

    /** Of the server's clock. */
    ClockView known() {
      return filter.view();
    }

    private void look() {
      if (served.test(index, index)) {
        double there = random.nextDouble() * 100 + 100;
        long server = (long) (events.nowMicros() - 150);
        long sent = (long) crystal.shows(events.nowMicros() - 150 - there);
        filter.exchange(sent, server, server, local());
      }
      step();
      Reference by = keeper.reference();
      if (by != null) {
        heard.follow(filter.view(), by.view(), true, local());
      }
      events.at(events.nowMicros() + LOOK, this::look);
    }

    private void step() {
      long next = keeper.step(filter.view(), clock, local());
      double at = Math.max(crystal.trueMicros((double) next), events.nowMicros() + 1);
      if (wakeAt <= events.nowMicros() || at < wakeAt) {
        wakeAt = at;
        events.at(at, () -> wake(at));
      }
    }

    private void wake(double planned) {
      if (planned == wakeAt) {
        step();
      }
    }

    /** What is heard by its clock, against the server's. */
    double error() {
      return heard.view().serverMicros(crystal.shows(events.nowMicros())) - events.nowMicros();
    }

    double bound() {
      Reference by = keeper.reference();
      return by == null ? 0 : by.boundMicros(local()) + Math.abs(heard.behindMicros());
    }
  }

  private void carry(int from, int to, ByteBuffer bytes) {
    datagrams++;
    if (!reach.test(from, to) || random.nextDouble() < loss) {
      return;
    }
    double delay = delayMicros * (0.5 + random.nextDouble());
    events.at(
        events.nowMicros() + delay,
        () -> {
          Player player = players.get(to);
          player.keeper.received(addresses.get(from), bytes, player.local());
        });
  }
}
