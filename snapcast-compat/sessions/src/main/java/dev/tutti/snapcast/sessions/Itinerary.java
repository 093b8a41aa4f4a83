package dev.tutti.snapcast.sessions;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The lines a session is to go to, and when: at a chunk border, so that nothing is left out or
 * heard twice.
 */
final class Itinerary {
  private final Session session;
  private final Deque<Move> moves = new ArrayDeque<>(2);

  /** To another line, with the first chunk that begins at an instant or later. */
  record Move(Line to, long atMicros) {}

  Itinerary(Session session) {
    this.session = session;
  }

  boolean isEmpty() {
    return moves.isEmpty();
  }

  @Nullable Move next() {
    return moves.peek();
  }

  void add(Line to, long atMicros) {
    moves.add(new Move(to, atMicros));
    to.attach(session);
  }

  /** The session arrives. */
  void arrived() {
    moves.poll();
  }

  /** Gives up all moves. */
  void clear(long nowMicros) {
    for (Move move = moves.poll(); move != null; move = moves.poll()) {
      move.to().detach(session, nowMicros);
    }
  }
}
