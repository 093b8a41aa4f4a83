package dev.tutti.player.keeper;

import dev.tutti.player.clock.ClockFilter;
import dev.tutti.player.clock.ClockView;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** Another player, as we know it: what it claims, and its clock against ours. For one thread. */
final class Peer {
  /** Who says nothing for so long is not there. */
  static final long GONE_MICROS = 8_000_000;

  private static final int WAITING = 32;

  /** As sure as it need be to go by its clock. */
  private static final double FAIR_MICROS = 200;

  private static final int LEAST_EXCHANGES = 24;
  private static final long SETTLED_ASK_MICROS = 1_000_000;
  private static final long OTHER_ASK_MICROS = 3_000_000;
  private static final long GONE_ASK_MICROS = 4_000_000;

  private final InetSocketAddress address;
  private final long[] numbers = new long[WAITING];
  private final long[] sentMicros = new long[WAITING];
  private ClockFilter filter = new ClockFilter();
  private int exchanges;
  private int next;
  private long id;
  private long heardAt;
  private long askAt = Long.MIN_VALUE;
  private @Nullable Claim claim;

  Peer(InetSocketAddress address) {
    this.address = address;
  }

  InetSocketAddress address() {
    return address;
  }

  /** 0 before it answered. */
  long id() {
    return id;
  }

  /** It asks us itself; after a restart it is another, and is not to be asked as what it was. */
  void isHeardAs(long sender) {
    if (id != sender) {
      id = 0;
    }
  }

  ClockView view() {
    return filter.view();
  }

  long heardAt() {
    return heardAt;
  }

  double roundTripMicros() {
    return filter.roundTripMicros();
  }

  /** Its clock is known well enough to go by it. */
  boolean isSettled(long nowMicros) {
    return filter.settled(nowMicros)
        || (exchanges >= LEAST_EXCHANGES
            && view().likelyErrorMicros((double) nowMicros) < FAIR_MICROS);
  }

  long askAt() {
    return askAt;
  }

  /** It is asked now. */
  void asked(long number, long nowMicros, boolean closely) {
    numbers[next] = number;
    sentMicros[next] = nowMicros;
    next = (next + 1) % WAITING;
    askAt = nowMicros + (closely ? closeAsk(nowMicros) : wideAsk(nowMicros));
  }

  private long closeAsk(long nowMicros) {
    return isSettled(nowMicros) ? SETTLED_ASK_MICROS : filter.askEveryMicros(nowMicros);
  }

  private long wideAsk(long nowMicros) {
    boolean there = claim != null && nowMicros - heardAt < GONE_MICROS;
    return there ? OTHER_ASK_MICROS : GONE_ASK_MICROS;
  }

  /** It is to be asked closely from now on. */
  void hurry(long nowMicros) {
    askAt = Math.min(askAt, nowMicros);
  }

  /** Takes in an answer; false if it answers nothing that we asked. */
  boolean answered(Datagram told, long nowMicros) {
    int slot = 0;
    while (slot < WAITING && numbers[slot] != told.refersTo()) {
      slot++;
    }
    if (slot == WAITING) {
      return false;
    }
    numbers[slot] = 0;
    Claim last = claim;
    boolean same =
        id == told.sender()
            && last != null
            && last.lineage() == told.claim().lineage()
            && last.clock() == told.claim().clock();
    if (!same) {
      filter = new ClockFilter();
      exchanges = 0;
    }
    id = told.sender();
    claim = told.claim();
    heardAt = nowMicros;
    filter.exchange(sentMicros[slot], told.receivedMicros(), told.sentMicros(), nowMicros);
    exchanges++;
    return true;
  }

  /** What it claims as of now, if that is of use to one that goes by a clock; else null. */
  @Nullable Claim offer(long clock, long self, long nowMicros) {
    Claim told = offer(self, nowMicros);
    return told == null || told.clock() != clock ? null : told;
  }

  /** What it claims as of now, by whatever clock it goes, if that is of use; else null. */
  @Nullable Claim offer(long self, long nowMicros) {
    Claim told = claim;
    if (told == null || nowMicros - heardAt >= GONE_MICROS) {
      return null;
    }
    long age = told.ageMicros() + (nowMicros - heardAt);
    boolean fromUs = told.keeper() == self || told.parent() == self;
    boolean far = told.hops() >= Claim.MOST_HOPS || age >= Claim.MOST_AGE_MICROS;
    return fromUs || far ? null : told;
  }

  /** Its clock, to go by. */
  Reference reference(Claim told) {
    return new Reference(view(), told.boundMicros(), told.growthPpb() * 1e-9, heardAt);
  }
}
