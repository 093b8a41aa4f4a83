package dev.tutti.snapcast.sessions;

import dev.tutti.snapcast.protocol.Time;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;

/**
 * What one connection has to send besides chunks, in the order of urgency: the rest of a message
 * that was cut, Time replies, control. Bounded: a client that does not read fills it, and is then
 * given up. Allocates nothing while the connection takes what it is given.
 */
final class Outbox {
  /** Settings and codec headers that may wait; the largest header has a few kilobytes. */
  private static final int MAX_CONTROL_BYTES = 256 * 1024;

  /** Buffers that all outboxes of a thread use in turn. */
  static final class Scratch {
    private final ByteBuffer replies =
        ByteBuffer.allocateDirect(32 * Time.FRAME_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private final ByteBuffer[] one = new ByteBuffer[1];
  }

  private final Outlet outlet;
  private final Scratch scratch;
  private final LongSupplier clock;
  private final TimeRequests times = new TimeRequests();
  private final Deque<ByteBuffer> control = new ArrayDeque<>(2);
  private final ReplyTimes replyTimes = new ReplyTimes();
  private ByteBuffer rest = ByteBuffer.allocate(0);
  private int controlBytes;
  private boolean full;
  private boolean broken;

  Outbox(Outlet outlet, Scratch scratch, LongSupplier clock) {
    this.outlet = outlet;
    this.scratch = scratch;
    this.clock = clock;
  }

  /** Whether the connection takes no more for now. */
  boolean full() {
    return full;
  }

  /** Whether the connection is gone. */
  boolean broken() {
    return broken;
  }

  /** Whether it takes chunks. */
  boolean open() {
    return !full && !broken;
  }

  /** What Time requests tell of the connection. */
  ReplyTimes replyTimes() {
    return replyTimes;
  }

  /** Bytes other than chunks that wait for room. */
  long waitingBytes() {
    return (long) controlBytes + rest.remaining();
  }

  boolean hasTimeReplies() {
    return !times.isEmpty();
  }

  /** False if the client leaves too many replies unread. */
  boolean addTime(int id, long sentMicros, long receivedMicros) {
    replyTimes.requested(receivedMicros);
    return times.add(id, sentMicros, receivedMicros);
  }

  /** False if the client leaves too much unread. The buffer is the outbox's from now on. */
  boolean addControl(ByteBuffer frame) {
    controlBytes += frame.remaining();
    return control.add(frame) && controlBytes <= MAX_CONTROL_BYTES;
  }

  /** The connection takes more. */
  void room() {
    full = false;
  }

  /**
   * Sends what waits, as far as there is room. Time replies are stamped here, right before they
   * leave.
   *
   * @return whether all of it is on its way, so that chunks may follow
   */
  boolean flush() {
    if (!open()) {
      return false;
    }
    if (rest.hasRemaining() && !write(rest)) {
      return false;
    }
    while (!times.isEmpty()) {
      ByteBuffer replies = scratch.replies.clear();
      long now = clock.getAsLong();
      replyTimes.replied(now - times.oldestMicros());
      times.reply(replies, now);
      if (!write(replies.flip())) {
        keep(replies);
        return false;
      }
    }
    for (ByteBuffer frame = control.poll(); frame != null; frame = control.poll()) {
      controlBytes -= frame.remaining();
      if (!write(frame)) {
        rest = frame;
        return false;
      }
    }
    return true;
  }

  /** False if something is left over, or the connection is gone. */
  private boolean write(ByteBuffer buffer) {
    scratch.one[0] = buffer;
    long written = outlet.write(scratch.one, 1);
    if (written < 0) {
      broken = true;
      return false;
    }
    if (buffer.hasRemaining()) {
      fill();
      return false;
    }
    return true;
  }

  private void fill() {
    full = true;
    outlet.awaitRoom();
  }

  private void keep(ByteBuffer cut) {
    rest = ByteBuffer.allocate(cut.remaining()).put(cut).flip();
  }

  /**
   * Sends chunks; call only after {@link #flush} answered true. If one is cut, its rest is kept, so
   * that the chunks themselves may go.
   *
   * @return how many chunks are dealt with
   */
  int write(Batch batch) {
    long written = batch.writeTo(outlet);
    if (written < 0) {
      broken = true;
      return 0;
    }
    if (written == batch.bytes()) {
      return batch.chunks();
    }
    fill();
    return cut(batch, written);
  }

  /** Keeps what is missing of the chunk in which the writing stopped. */
  private int cut(Batch batch, long written) {
    long begin = 0;
    for (int i = 0; i < batch.chunks(); i++) {
      ByteBuffer head = batch.head(i);
      ByteBuffer payload = batch.payload(i);
      int done = (int) (written - begin);
      if (done <= 0) {
        return i;
      }
      begin += head.limit() + payload.limit();
      if (written < begin) {
        head.position(Math.min(done, head.limit()));
        payload.position(Math.max(0, done - head.limit()));
        rest = ByteBuffer.allocate(head.remaining() + payload.remaining());
        rest.put(head).put(payload).flip();
        return i + 1;
      }
    }
    return batch.chunks();
  }
}
