package dev.tutti.player.keeper;

import dev.tutti.player.clock.ClockView;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the clock of a player that is cut off together with those that it can reach: asks them what
 * they go by and for the time, answers them, and chooses. Says nothing before a server gave it a
 * key, which may have been in an earlier life: then it learns the clock from others. A step
 * function: all times come from the caller, in microseconds of our clock. For one thread; {@link
 * #reference} and {@link #peersHeard} are for any.
 */
public final class TimeKeeper {
  /** A server that was not heard for so long is not gone by any more. */
  private static final long SERVED_MICROS = 3_000_000;

  private static final long LOOK_MICROS = 500_000;

  /** Who has gone by his own clock for so long is not new any more. */
  private static final long OLD_MICROS = 60_000_000;

  private static final long NEVER = Long.MIN_VALUE;

  /** Sends what it is given. */
  public interface Air {
    void send(InetSocketAddress to, ByteBuffer datagram);
  }

  private final long self;
  private final Air air;
  private final Choice choice;
  private final Replays replays = new Replays();
  private final Map<InetSocketAddress, Peer> peers = new LinkedHashMap<>();
  private @Nullable Seal seal;
  private ClockView server = ClockView.UNKNOWN;
  private long beganAt = NEVER;
  private long number;
  private volatile @Nullable Reference reference;
  private volatile int peersHeard;

  /**
   * @param self tells this player from all others, drawn when it starts; not 0
   */
  public TimeKeeper(long self, Air air) {
    this.self = self;
    this.air = air;
    this.choice = new Choice(self);
  }

  /** What to go by; null before a clock is known. Any thread. */
  public @Nullable Reference reference() {
    return reference;
  }

  /** Whose clock we go by in the end; our own id if by ours. */
  public long keeper() {
    return choice.keeper();
  }

  /** How many others were there just now, of those that were asked. Any thread. */
  public int peersHeard() {
    return peersHeard;
  }

  /** The server has told who is in the house. */
  public void house(House told) {
    seal = new Seal(told.key());
    peers.keySet().retainAll(told.peers());
    told.peers().forEach(address -> peers.computeIfAbsent(address, Peer::new));
  }

  /**
   * Does what is due.
   *
   * @param known of the server's clock, if it ever was heard
   * @param clock its id
   * @return when to call again at the latest
   */
  public long step(ClockView known, String clock, long nowMicros) {
    server = known;
    beganAt = beganAt == NEVER ? nowMicros : beganAt;
    Seal sealing = seal;
    boolean served = known.known() && isServed(nowMicros);
    if (known.known()) {
      choice.step(known, number(clock), served, peers.values(), nowMicros);
    } else if (sealing != null) {
      Reference nobodys = Reference.nobodys(nowMicros - beganAt >= OLD_MICROS, nowMicros);
      choice.stepAsGuest(nobodys, peers.values(), nowMicros);
    } else {
      return nowMicros + LOOK_MICROS;
    }
    reference = choice.reference();
    if (served || sealing == null) {
      peersHeard = 0;
      return nowMicros + LOOK_MICROS;
    }
    return ask(sealing, nowMicros);
  }

  private boolean isServed(long nowMicros) {
    return nowMicros - server.certainAtMicros() < SERVED_MICROS;
  }

  private long ask(Seal sealing, long nowMicros) {
    long wake = nowMicros + LOOK_MICROS;
    int heard = 0;
    for (Peer peer : peers.values()) {
      if (nowMicros >= peer.askAt()) {
        long id = ++number;
        peer.asked(id, nowMicros, choice.needs(peer));
        Claim claim = choice.claim(nowMicros);
        send(sealing, peer.address(), new Datagram(false, self, peer.id(), id, 0, 0, 0, claim));
      }
      wake = Math.min(wake, peer.askAt());
      heard += peer.offer(choice.clock(), 0, nowMicros) == null ? 0 : 1;
    }
    peersHeard = heard;
    return wake;
  }

  /** A datagram came; what is none of ours is passed over. */
  public void received(InetSocketAddress from, ByteBuffer bytes, long nowMicros) {
    Seal sealing = seal;
    if (sealing == null || reference == null) {
      return;
    }
    Datagram.open(bytes, sealing)
        .filter(told -> told.sender() != self && (told.to() == self || told.to() == 0))
        .ifPresent(told -> take(sealing, from, told, nowMicros));
  }

  private void take(Seal sealing, InetSocketAddress from, Datagram told, long nowMicros) {
    if (told.answer()) {
      Peer peer = peers.get(from);
      if (peer != null) {
        peer.answered(told, nowMicros);
      }
    } else if (replays.isNew(told.sender(), told.number())) {
      if (peers.size() < House.MOST_PEERS) {
        // It came after the server told us who is there.
        peers.computeIfAbsent(from, Peer::new);
      }
      Peer peer = peers.get(from);
      if (peer != null) {
        peer.isHeardAs(told.sender());
      }
      long shown = Math.round(choice.reference().view().serverMicros((double) nowMicros));
      Claim claim = choice.claim(nowMicros);
      send(
          sealing,
          from,
          new Datagram(true, self, told.sender(), ++number, told.number(), shown, shown, claim));
    }
  }

  private void send(Seal sealing, InetSocketAddress to, Datagram datagram) {
    air.send(to, datagram.sealed(sealing));
  }

  /** Stands for an id; two ids hardly ever have the same. */
  private static long number(String id) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < id.length(); i++) {
      hash = (hash ^ id.charAt(i)) * 0x100000001b3L;
    }
    return hash;
  }
}
