package dev.tutti.player.session;

import dev.tutti.player.clock.ClockFilter;
import dev.tutti.snapcast.protocol.BaseHeader;
import dev.tutti.snapcast.protocol.Time;
import java.util.Optional;
import java.util.function.IntSupplier;

/**
 * Asks the server for the time as often as the clock wants to know it, and gives the clock what is
 * answered. A step function, for the session's thread.
 */
final class TimeTalk {
  /** While sound runs out and the server says nothing, it is asked for the time so often. */
  private static final long PROBE_MICROS = 150_000;

  /** Requests for the time are never closer to each other. */
  private static final long LEAST_ASK_MICROS = 5_000;

  /** No more than this many unanswered requests for the time. */
  private static final int MOST_WAITING = 16;

  private static final long NEVER = Long.MAX_VALUE;
  private static final int NO_ID = 0;

  private final ClockFilter clock;
  private final Wire wire;
  private final IntSupplier ids;
  private final TimeRequests requests = new TimeRequests();
  private long askedAt;
  private long askAt = NEVER;
  private int wakingId = NO_ID;
  private boolean followed = true;

  /**
   * @param ids numbers what is sent
   */
  TimeTalk(ClockFilter clock, Wire wire, IntSupplier ids) {
    this.clock = clock;
    this.wire = wire;
    this.ids = ids;
  }

  /** There is no connection, or a new one: what was asked is not answered any more. */
  void forget() {
    askAt = NEVER;
    requests.clear();
  }

  /** When it is to be asked next. */
  long askAt() {
    return askAt;
  }

  /** When a server that says nothing is to be asked whether it is still there. */
  long probeAt(long heardAt) {
    return requests.waiting() < MOST_WAITING ? Math.max(heardAt, askedAt) + PROBE_MICROS : NEVER;
  }

  /** Asks if half of the time until the next question has passed. */
  void askEarly(long now) {
    if (now >= (askedAt + askAt) / 2) {
      ask(now);
    }
  }

  void ask(long now) {
    if (requests.waiting() < MOST_WAITING) {
      int id = ids.getAsInt();
      // Every second one follows another.
      wakingId = followed ? id : NO_ID;
      followed = !followed;
      askedAt = now;
      requests.sent(id, now);
      wire.send(new Time(0).frame(id, 0, now, now));
    }
    askAt = now + clock.askEveryMicros(now);
  }

  /** What the clock made of an answer; nothing if it answers no question of ours. */
  Optional<ClockFilter.Outcome> answered(BaseHeader header, Time reply, long now) {
    long sent = requests.answered(header.refersTo());
    if (sent == Long.MIN_VALUE) {
      return Optional.empty();
    }
    if (header.refersTo() == wakingId) {
      // The question woke who slept on the way; the next one, right behind it, meets nobody asleep.
      wakingId = NO_ID;
      askAt = now;
    }
    long arrived = sent + reply.latencyMicros();
    ClockFilter.Outcome outcome = clock.exchange(sent, arrived, header.sentMicros(), now);
    if (outcome == ClockFilter.Outcome.SUSPECT) {
      askAt = Math.max(now, askedAt + LEAST_ASK_MICROS);
    }
    return Optional.of(outcome);
  }
}
