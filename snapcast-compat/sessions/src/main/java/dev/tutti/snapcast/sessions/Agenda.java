package dev.tutti.snapcast.sessions;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done for single sessions: at once, as far as the budget goes, or at an instant.
 * Used by the thread that steps {@link Sessions}.
 */
final class Agenda {
  private static final long NEVER = Long.MAX_VALUE;

  private final Deque<Session> urgent = new ArrayDeque<>();
  private final Deque<Appointment> gates = new ArrayDeque<>();
  private final PriorityQueue<Appointment> ticks =
      new PriorityQueue<>(Comparator.comparingLong(Appointment::atMicros));

  private record Appointment(Session session, long atMicros) {}

  /** A session has something to send. */
  void urgent(Session session) {
    if (session.markUrgent()) {
      urgent.add(session);
    }
  }

  /** A session's audio may begin after {@link Timing#GATE}, Time reply or not. */
  void gate(Session session, long nowMicros) {
    gates.add(new Appointment(session, nowMicros + Timing.GATE));
  }

  /** A session is to look then at what it should hear. */
  void tickAt(Session session, long atMicros) {
    ticks.add(new Appointment(session, atMicros));
  }

  /** Whether a session has something to send still. */
  boolean hurry() {
    return !urgent.isEmpty();
  }

  /**
   * Does what is due, or a part of it.
   *
   * @return the instant of the next appointment; {@link #hurry} may be earlier
   */
  long step(long nowMicros, Budget budget) {
    while (due(gates.peek(), nowMicros)) {
      gates.poll().session().tuner().openGate(nowMicros);
    }
    while (due(ticks.peek(), nowMicros)) {
      ticks.poll().session().standing().tick(nowMicros);
    }
    long next = Math.min(at(gates.peek()), at(ticks.peek()));
    while (!urgent.isEmpty() && !budget.spent()) {
      Session session = urgent.poll();
      session.clearUrgent();
      session.serve(nowMicros, budget);
    }
    return next;
  }

  private static boolean due(@Nullable Appointment next, long nowMicros) {
    return at(next) <= nowMicros;
  }

  private static long at(@Nullable Appointment next) {
    return next == null ? NEVER : next.atMicros();
  }
}
