package dev.tutti.player.keeper;

import dev.tutti.player.clock.ClockView;
import org.jspecify.annotations.Nullable;

/**
 * Chooses whose clock to go by: the server's while it is heard; else that of the player that is
 * surest of it, over others if need be. He who went by another's clock carries on with it when that
 * one is gone. All who hear of the same players choose the same one. A guest, who never heard a
 * server, goes by whatever clock of a server others know, and where nobody knows one, by that of
 * another guest. For one thread.
 */
final class Choice {
  private final long self;
  private long clock;
  private Reference current = Reference.own(ClockView.UNKNOWN);
  private @Nullable Peer parent;

  /** What the parent claimed when it was last gone by; null before. */
  private @Nullable Claim gone;

  /** What was had of a parent that is not gone by any more. */
  private @Nullable Reference held;

  private boolean served;
  private boolean guest;

  /** Who knows a server's clock, which we are about to learn from him. */
  private @Nullable Peer host;

  private long changes;
  private long lineage;

  /**
   * @param self our own id
   */
  Choice(long self) {
    this.self = self;
    this.lineage = self;
  }

  /** What to go by. */
  Reference reference() {
    return current;
  }

  /** Stands for the clock that all this is about. */
  long clock() {
    return clock;
  }

  /** Whether a peer's clock is to be known soon, and well. */
  boolean needs(Peer peer) {
    return peer == parent || peer == host;
  }

  /** Whose clock it is in the end; our own id if it is ours. */
  long keeper() {
    Claim claim = gone;
    return parent != null && claim != null ? claim.keeper() : self;
  }

  /**
   * Decides.
   *
   * @param server what we know of its clock
   * @param clockId stands for the id of that clock
   * @param heard whether it was heard just now
   */
  void step(ClockView server, long clockId, boolean heard, Iterable<Peer> peers, long nowMicros) {
    Reference own = Reference.own(server);
    if (heard || guest || clockId != clock) {
      if (!served || clockId != clock) {
        lineage = mix(self, ++changes);
      }
      served = heard;
      guest = false;
      host = null;
      clock = clockId;
      parent = null;
      gone = null;
      held = null;
      current = own;
      return;
    }
    choose(own, peers, nowMicros);
  }

  /**
   * Decides for one who never heard a server.
   *
   * @param nobodys what to go by if nobody else did
   */
  void stepAsGuest(Reference nobodys, Iterable<Peer> peers, long nowMicros) {
    if (!guest) {
      guest = true;
      clock = Claim.NOBODYS;
    }
    Peer knows = knows(peers, nowMicros);
    Claim told = knows == null ? null : knows.offer(self, nowMicros);
    if (knows != null && told != null && knows.isSettled(nowMicros)) {
      clock = told.clock();
      parent = knows;
      gone = null;
      held = null;
    } else if (knows != null && knows != host) {
      knows.hurry(nowMicros);
    }
    host = knows;
    choose(nobodys, peers, nowMicros);
  }

  /** Who knows the clock of a server best, while we know none, or another is heard meanwhile. */
  private @Nullable Peer knows(Iterable<Peer> peers, long nowMicros) {
    boolean none = clock == Claim.NOBODYS;
    Peer best = null;
    Claim claim = null;
    for (Peer peer : peers) {
      Claim offer = none || parent == null ? peer.offer(self, nowMicros) : null;
      if (offer == null || offer.clock() == clock || !(none || offer.served())) {
        continue;
      }
      boolean real = offer.clock() != Claim.NOBODYS;
      if (real && (claim == null || best == null || isBefore(peer, offer, best, claim))) {
        best = peer;
        claim = offer;
      }
    }
    return best;
  }

  private void choose(Reference own, Iterable<Peer> peers, long nowMicros) {
    served = false;
    Reference mine = mine(own, nowMicros);
    Peer old = parent;
    Claim last = old == null ? null : old.offer(clock, self, nowMicros);
    Peer best = best(peers, nowMicros);
    Claim offered = best == null ? null : best.offer(clock, self, nowMicros);
    if (old == null || last == null) {
      Claim left = gone;
      boolean sameKeeper =
          old != null && left != null && offered != null && offered.keeper() == left.keeper();
      leave();
      if (best != null
          && offered != null
          && (sameKeeper || offered.beats(claim(mine, nowMicros)))) {
        follow(best, nowMicros);
      }
    } else if (best != null && offered != null && isBetter(offered, last)) {
      follow(best, nowMicros);
    } else if (!guest && claim(own, nowMicros).clearlyBeats(last)) {
      held = null;
      mine = own;
      lineage = mix(self, ++changes);
      leave();
    }
    goBy(mine, nowMicros);
  }

  private static boolean isBetter(Claim offered, Claim last) {
    return offered.keeper() == last.keeper() ? offered.hops() < last.hops() : offered.beats(last);
  }

  /** Our own, or what we still have of another. */
  private Reference mine(Reference own, long nowMicros) {
    Reference kept = held;
    if (kept == null) {
      return own;
    }
    if (!guest && claim(own, nowMicros).clearlyBeats(claim(kept, nowMicros))) {
      held = null;
      lineage = mix(self, ++changes);
      return own;
    }
    return kept;
  }

  private @Nullable Peer best(Iterable<Peer> peers, long nowMicros) {
    Peer best = null;
    Claim claim = null;
    for (Peer peer : peers) {
      Claim offer = peer.offer(clock, self, nowMicros);
      if (offer != null && (claim == null || best == null || isBefore(peer, offer, best, claim))) {
        best = peer;
        claim = offer;
      }
    }
    return best;
  }

  private static boolean isBefore(Peer peer, Claim offer, Peer best, Claim claim) {
    if (offer.keeper() != claim.keeper()) {
      return offer.beats(claim);
    }
    return offer.hops() != claim.hops()
        ? offer.hops() < claim.hops()
        : peer.roundTripMicros() < best.roundTripMicros();
  }

  private void follow(Peer peer, long nowMicros) {
    if (parent != peer) {
      parent = peer;
      gone = null;
      peer.hurry(nowMicros);
    }
  }

  private void leave() {
    parent = null;
    gone = null;
  }

  private void goBy(Reference mine, long nowMicros) {
    Peer with = parent;
    Claim told = with == null ? null : with.offer(clock, self, nowMicros);
    if (with == null || told == null || !with.isSettled(nowMicros)) {
      current = mine;
      return;
    }
    gone = told;
    held = with.reference(told);
    current = held;
    lineage = mix(told.lineage(), self);
  }

  /** What we tell of what we go by. */
  Claim claim(long nowMicros) {
    Claim told = gone;
    Peer with = parent;
    Claim own = claim(current, nowMicros);
    if (told == null || with == null) {
      return own;
    }
    return new Claim(
        clock,
        told.keeper(),
        with.id(),
        lineage,
        told.hops() + 1,
        told.served(),
        (int)
            Math.min(
                Claim.MOST_AGE_MICROS, told.ageMicros() + Math.max(0, nowMicros - with.heardAt())),
        own.boundMicros(),
        own.growthPpb());
  }

  /** As if we went by that and were the keeper. */
  private Claim claim(Reference by, long nowMicros) {
    return new Claim(
        clock,
        self,
        self,
        lineage,
        0,
        served,
        0,
        (int) Math.clamp(Math.ceil(by.boundMicros(nowMicros)), 0, Claim.MOST_BOUND_MICROS),
        (int) Math.clamp(Math.ceil(by.growthAt(nowMicros) * 1e9), 0, Claim.MOST_GROWTH_PPB));
  }

  private static long mix(long a, long b) {
    long mixed = (a ^ Long.rotateLeft(b, 32)) * 0x9e3779b97f4a7c15L;
    return mixed ^ mixed >>> 29;
  }
}
