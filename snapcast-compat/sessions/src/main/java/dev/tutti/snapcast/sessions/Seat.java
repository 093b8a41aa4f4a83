package dev.tutti.snapcast.sessions;

import dev.tutti.snapcast.protocol.Mark;
import dev.tutti.snapcast.protocol.Replace;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a session sits: in which lane, and which chunk it is to be sent next. Used by the thread
 * that steps {@link Sessions}.
 */
final class Seat {
  private static final long NEVER = Long.MAX_VALUE;

  /** A client that is sent nothing for so long after it came is told that nothing sounds. */
  private static final long HUSH = 1_000_000;

  private final Session session;
  private final Counts counts;
  private @Nullable Lane lane;
  private long cursor;
  private long enteredAt;
  private long heldUntil = Long.MIN_VALUE;
  private long promptUntil;
  private long dropped;
  private @Nullable Pace pace;
  private boolean sentAny;
  private long hushAt = NEVER;
  private long hushedAt = NEVER;
  private long wakeAt;
  private long awaits = -1; // the number of the chunk it waits for
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

  /** Somebody has come who is sent chunks ahead, or, without a pace, when they are due. */
  void begin(@Nullable Pace pace) {
    this.pace = pace;
    sentAny = false;
    hushAt = NEVER;
    hushedAt = NEVER;
    heldUntil = Long.MIN_VALUE;
  }

  /** Whether it is sent chunks ahead. */
  boolean deep() {
    return pace != null;
  }

  /** From now on it is sent what would be sounding now, and what follows. */
  void take(Lane to, long nowMicros) {
    wakeAt = nowMicros;
    FeedWindow window = to.window();
    if (pace != null && heldUntil == Long.MIN_VALUE && sentAny) {
      hush(to.bufferMicros(), nowMicros);
      begin(to, window.audibleAt(hushedAt), nowMicros);
      hushedAt = NEVER;
      return;
    }
    if (pace != null && !sentAny) {
      hushAt = nowMicros + HUSH;
    }
    // A client that was muted for a moment still holds what it was sent before.
    begin(to, Math.max(window.startingAt(heldUntil), window.audibleAt(nowMicros)), nowMicros);
  }

  /** What a client was sent ahead has nothing to do with what it is to hear: tells it so, once. */
  void hush(long bufferMicros, long nowMicros) {
    if (pace != null && sentAny && hushedAt == NEVER) {
      hushedAt = nowMicros + session.tuner().groupHorizonMicros();
      session.send(new Replace(hushedAt - bufferMicros, true), 0, nowMicros);
    }
  }

  /** From now on it is sent what is to be heard at an instant in place of what it was sent. */
  void replace(Lane to, long fromMicros, long atMicros, long nowMicros) {
    wakeAt = nowMicros;
    session.send(new Replace(atMicros - to.bufferMicros(), false), 0, nowMicros);
    begin(to, to.window().startingAt(fromMicros), nowMicros);
  }

  private void begin(Lane to, long number, long nowMicros) {
    cursor = number;
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

  /**
   * Chunks from a number on are others now.
   *
   * @param atMicros the instant from which they sound otherwise
   */
  void takeBack(long number, long atMicros, long nowMicros) {
    Lane in = lane;
    if (in != null && pace != null && cursor > number) {
      FeedWindow window = in.window();
      long sentTo = cursor < window.end() ? window.at(cursor).timeMicros() : atMicros;
      long at = Math.min(atMicros, sentTo);
      session.send(new Replace(at - in.bufferMicros(), false), 0, nowMicros);
      cursor = number;
      enteredAt = Math.min(enteredAt, cursor);
      wakeAt = nowMicros;
    }
  }

  /** A mark has come back; answers whether it is to be sent chunks from further ahead or less. */
  boolean marked(int number, long nowMicros) {
    if (pace == null) {
      return false;
    }
    long depth = pace.depthMicros();
    pace.marked(number, nowMicros);
    wakeAt = nowMicros;
    return pace.depthMicros() != depth;
  }

  /** Whether its route is so uneven that it should hold more than there is. */
  boolean needsMore(long nowMicros) {
    Lane in = lane;
    return in != null && pace != null && pace.needsMore(in.window(), nowMicros);
  }

  /** How far ahead it is sent chunks; 0 if only when they are due. */
  long depthMicros() {
    return pace == null ? 0 : pace.depthMicros();
  }

  /** When it is its turn, in a lane that goes by that. */
  long wakeAt() {
    Lane in = lane;
    boolean more = awaits >= 0 && in != null && in.window().end() > awaits;
    return more ? Long.MIN_VALUE : wakeAt;
  }

  /** Whether it is to be sent the next chunk as soon as there is one. */
  boolean wantsMore() {
    return awaits >= 0;
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
    Pace ahead = pace;
    if (in instanceof DeepLane && ahead != null) {
      send(in, ahead, outbox, untilMicros, nowMicros, budget);
    } else if (in != null) {
      long to = Math.min(in.due(nowMicros), in.window().startingAt(untilMicros));
      while (cursor < to && outbox.open()) {
        write(in, to, outbox, nowMicros, budget);
      }
    }
  }

  private long write(Lane in, long to, Outbox outbox, long nowMicros, Budget budget) {
    Batch batch = in.batch(cursor, to, nowMicros);
    budget.spend(batch.bytes());
    cursor += outbox.write(batch);
    sentAny = true;
    return batch.bytes();
  }

  private void send(
      Lane in, Pace ahead, Outbox outbox, long untilMicros, long nowMicros, Budget budget) {
    FeedWindow window = in.window();
    long last = untilMicros == NEVER ? window.end() : window.startingAt(untilMicros);
    long to = Math.min(last, ahead.upTo(window, cursor, nowMicros));
    while (cursor < to && outbox.open() && !budget.spent()) {
      ahead.sent(write(in, to, outbox, nowMicros, budget));
      Integer mark = ahead.mark(nowMicros);
      if (mark != null) {
        session.send(new Mark(mark, ahead.needsMore(window, nowMicros)), 0, nowMicros);
      }
      to = Math.min(last, ahead.upTo(window, cursor, nowMicros));
    }
    hushIfNothingSounds(in, nowMicros);
    awaits = ahead.tooLittle(window, cursor) ? window.end() : -1;
    wakeAt = Math.min(hushAt, ahead.nextAt(window, cursor, nowMicros));
  }

  /** Nothing sounds: what the client may still hold of before is not to be heard. */
  private void hushIfNothingSounds(Lane in, long nowMicros) {
    if (sentAny) {
      hushAt = NEVER;
    } else if (nowMicros >= hushAt) {
      hushAt = NEVER;
      sentAny = true;
      hush(in.bufferMicros(), nowMicros);
      hushedAt = NEVER;
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
