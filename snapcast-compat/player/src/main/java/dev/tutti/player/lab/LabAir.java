package dev.tutti.player.lab;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiPredicate;

/** What is between players: their datagrams, and who reaches whom. For one thread. */
final class LabAir {
  private final Events events;
  private final SplittableRandom random;
  private final List<InetSocketAddress> addresses = new ArrayList<>();
  private final List<Receiver> receivers = new ArrayList<>();
  private BiPredicate<Integer, Integer> reach = (a, b) -> true;
  private double loss;
  private double delayMicros = 200;
  private long datagrams;

  /** Is handed what came. */
  interface Receiver {
    void received(InetSocketAddress from, ByteBuffer bytes);
  }

  LabAir(Events events, int players, SplittableRandom random) {
    this.events = events;
    this.random = random;
    for (int i = 0; i < players; i++) {
      addresses.add(InetSocketAddress.createUnresolved("player-" + i, 1));
    }
  }

  /** The next player is there; in their order. */
  void join(Receiver receiver) {
    receivers.add(receiver);
  }

  /** Who reaches whom from now on. */
  void reach(BiPredicate<Integer, Integer> who) {
    reach = who;
  }

  /** What datagrams meet from now on. */
  void network(double lossPart, double usualMicros) {
    loss = lossPart;
    delayMicros = usualMicros;
  }

  List<InetSocketAddress> others(int self) {
    List<InetSocketAddress> others = new ArrayList<>(addresses);
    others.remove(self);
    return others;
  }

  /** How long something is on its way. */
  double delay() {
    return delayMicros * (0.5 + random.nextDouble());
  }

  /** Sent so far. */
  long datagrams() {
    return datagrams;
  }

  void carry(int from, InetSocketAddress to, ByteBuffer bytes) {
    datagrams++;
    int index = addresses.indexOf(to);
    if (reach.test(from, index) && random.nextDouble() >= loss) {
      events.at(
          events.nowMicros() + delay(),
          () -> receivers.get(index).received(addresses.get(from), bytes));
    }
  }
}
