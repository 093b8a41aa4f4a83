package dev.tutti.snapcast.sessions;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a session sits: in which lane, and which chunk it is to be sent next. Used by the thread
 * that steps {@link Sessions}.
 */
final class Seat {
  private final Session session;
  private final Counts counts;
  private @Nullable Lane lane;
  private long cursor;
  private long enteredAt;
  private long heldUntil = Long.MIN_VALUE;
  private long promptUntil;
  private long dropped;
  private @Nullable List<Seat> row;
  private int index;

  Seat(Session session, Counts counts) {
    this.session = session;
    this.counts = counts;
  }

  /** Null while it is sent no chunks. */
  @Nullable Lane lane() {
    return lane;
  }

  boolean in(Lane lane) {
    return this.lane == lane;
  }

  /** Until then it is sent each chunk as it becomes due. */
  long promptUntil() {
    return promptUntil;
  }

  /** Chunks it was not sent because it was too slow. */
  long dropped() {
    return dropped;
  }

  /** Chunks that are due and not on their way. */
  long waiting(long nowMicros) {
    Lane in = lane;
    return in == null ? 0 : Math.max(0, in.due(nowMicros) - cursor);
  }

  /** From now on it is sent what would be sounding now, and what follows. */
  void take(Lane to, long nowMicros) {
    FeedWindow window = to.window();
    // A client that was muted for a moment still holds what it was sent before.
    cursor = Math.max(window.startingAt(heldUntil), window.audibleAt(nowMicros));
    enteredAt = cursor;
    promptUntil = nowMicros + Timing.PROMPT;
    lane = to;
    to.add(this);
  }

  /** It is sent nothing more. */
  void leave() {
    Lane from = lane;
    if (from != null) {
      FeedWindow window = from.window();
      if (cursor > enteredAt && cursor > window.first() && cursor <= window.end()) {
        heldUntil = window.at(cursor - 1).endMicros();
      }
      from.remove(this);
      lane = null;
    }
  }

  /** The client's decoder begins anew: what it was sent before is no beginning of anything. */
  void holdsNothing() {
    heldUntil = Long.MIN_VALUE;
  }

  /** A client that is too slow misses what would come too late. */
  void skipLate() {
    if (lane != null && cursor < lane.window().first()) {
      long late = lane.window().first() - cursor;
      counts.droppedChunks(late);
      dropped += late;
      cursor = lane.window().first();
    }
  }

  /**
   * Sends what is due, as far as there is room.
   *
   * @param untilMicros chunks that begin then or later are left out
   */
  void send(Outbox outbox, long untilMicros, long nowMicros, Budget budget) {
    Lane in = lane;
    if (in != null) {
      long to = Math.min(in.due(nowMicros), in.window().startingAt(untilMicros));
      while (cursor < to && outbox.open()) {
        Batch batch = in.batch(cursor, to, nowMicros);
        budget.spend(batch.bytes());
        cursor += outbox.write(batch);
      }
    }
  }

  /** Whether all chunks are on their way that begin before an instant. */
  boolean past(long micros) {
    return lane != null && cursor >= lane.window().startingAt(micros);
  }

  /** It is its turn. */
  void serve(long nowMicros, Budget budget) {
    session.serve(nowMicros, budget);
  }

  /** Where in its lane it sits, so that it is found without looking for it. */
  void sit(List<Seat> row, int index) {
    this.row = row;
    this.index = index;
  }

  void stand() {
    row = null;
  }

  /** The row of its lane in which it sits, if it does. */
  @Nullable List<Seat> row() {
    return row;
  }

  int index() {
    return index;
  }
}
