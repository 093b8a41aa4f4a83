package dev.tutti.snapcast.sessions;

import java.nio.ByteBuffer;

/**
 * Consecutive chunks made ready for one gathering write: head, payload, head, payload. Kept until
 * other chunks are asked for, because the sessions of a cohort mostly need the same.
 */
final class Batch {
  /** Chunks in one write at most. */
  static final int MAX = 64;

  private final ByteBuffer[] buffers = new ByteBuffer[2 * MAX];
  private long from;
  private long to;
  private long bytes;

  ByteBuffer[] buffers() {
    return buffers;
  }

  /** How many of the buffers are used. */
  int count() {
    return 2 * (int) (to - from);
  }

  long bytes() {
    return bytes;
  }

  boolean holds(long from, long to) {
    return this.from == from && this.to == to && from < to;
  }

  void begin(long from) {
    this.from = from;
    this.to = from;
    bytes = 0;
  }

  void add(ByteBuffer head, ByteBuffer payload) {
    int at = count();
    buffers[at] = head;
    buffers[at + 1] = payload;
    bytes += head.limit() + payload.limit();
    to++;
  }

  /** Sets all positions back to the start. */
  void rewind() {
    for (int i = count() - 1; i >= 0; i--) {
      buffers[i].position(0);
    }
  }

  /** Forgets the chunks. */
  void clear() {
    java.util.Arrays.fill(buffers, null);
    begin(0);
  }
}
