package dev.tutti.player.lab;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiPredicate;
import java.util.function.IntPredicate;

/**
 * Players whose server may be gone, and who reaches whom: their real clocks and their real election
 * of a time keeper on crystals that wander, without the sound between, so that hours pass in
 * milliseconds. For one thread.
 */
public final class Islands {
  private static final byte[] KEY = new byte[32];
  private static final double MOST_PPM = 80;

  private final Events events = new Events();
  private final SplittableRandom random;
  private final Crystal server;
  private final List<Double> lives = new ArrayList<>();
  private final List<Islander> players = new ArrayList<>();
  private final List<InetSocketAddress> addresses = new ArrayList<>();
  private BiPredicate<Integer, Integer> reach = (a, b) -> true;
  private IntPredicate served = a -> true;
  private double loss;
  private double delayMicros = 200;
  private long datagrams;

  /** The same seed gives the same run. */
  public Islands(int count, long seed) {
    random = new SplittableRandom(seed);
    server = Crystal.good(random.split(), random.nextDouble() * 1e9, 0);
    lives.add(0.0);
    for (int i = 0; i < count; i++) {
      addresses.add(InetSocketAddress.createUnresolved("player-" + i, 1));
    }
    for (int i = 0; i < count; i++) {
      players.add(player(i));
    }
    players.forEach(Islander::start);
  }

  private Islander player(int index) {
    Crystal crystal =
        Crystal.good(
            random.split(), random.nextDouble() * 1e9, random.nextDouble(-MOST_PPM, MOST_PPM));
    return new Islander(this, index, crystal, random.split());
  }

  /** A player's machine begins anew: it has forgotten all but who is in the house. */
  public Islands restart(int index) {
    players.get(index).end();
    players.set(index, player(index));
    players.get(index).startAnew();
    return this;
  }

  Events events() {
    return events;
  }

  public List<Islander> players() {
    return players;
  }

  static byte[] key() {
    return KEY.clone();
  }

  List<InetSocketAddress> others(int self) {
    List<InetSocketAddress> others = new ArrayList<>(addresses);
    others.remove(self);
    return others;
  }

  /** Who reaches whom from now on. */
  public Islands reach(BiPredicate<Integer, Integer> who) {
    reach = who;
    return this;
  }

  /** Whom the server reaches from now on. */
  public Islands served(IntPredicate whom) {
    served = whom;
    return this;
  }

  /** The server reaches nobody. */
  public Islands cut() {
    return served(a -> false);
  }

  /** What is between the players, and between them and the server. */
  public Islands network(double lossPart, double usualMicros) {
    loss = lossPart;
    delayMicros = usualMicros;
    return this;
  }

  /** The server's machine begins anew, and its clock with it. */
  public Islands reboot() {
    lives.add(random.nextDouble() * 1e9 - 5e8);
    return this;
  }

  /** Lets time pass. */
  public Islands run(double seconds) {
    events.runUntil(events.nowMicros() + seconds * 1e6);
    return this;
  }

  /** Sent by all so far. */
  public long datagrams() {
    return datagrams;
  }

  boolean isServed(int player) {
    return served.test(player);
  }

  /** Which clock the server has now, from 0. */
  int life() {
    return lives.size() - 1;
  }

  /** What the server's clock of a life shows, or would. */
  double shows(int life) {
    return server.shows(events.nowMicros()) + lives.get(life);
  }

  /** How long something is on its way. */
  double delay() {
    return delayMicros * (0.5 + random.nextDouble());
  }

  /** The largest distance of any two of some players, µs. */
  public double spread(int... which) {
    double least = Double.MAX_VALUE;
    double most = -Double.MAX_VALUE;
    for (int i : which) {
      least = Math.min(least, players.get(i).errorMicros());
      most = Math.max(most, players.get(i).errorMicros());
    }
    return most - least;
  }

  void carry(int from, InetSocketAddress to, ByteBuffer bytes) {
    datagrams++;
    int index = addresses.indexOf(to);
    if (reach.test(from, index) && random.nextDouble() >= loss) {
      Islander player = players.get(index);
      events.at(
          events.nowMicros() + delay(),
          () -> player.keeper().received(addresses.get(from), bytes, player.local()));
    }
  }
}
