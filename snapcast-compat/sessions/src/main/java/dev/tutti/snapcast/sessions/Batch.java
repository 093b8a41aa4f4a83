package dev.tutti.snapcast.sessions;

import java.nio.ByteBuffer;

/**
 * Consecutive chunks made ready for one write: head, payload, head, payload. Kept until other
 * chunks are asked for, because the sessions of a cohort mostly need the same. From the second
 * session on they lie in one piece: copying them once costs less than a gathering write for each.
 */
final class Batch {
  /** Chunks in one write at most. */
  static final int MAX = 64;

  /** More than this is written rarely, and gathered. */
  private static final int MOST_PACKED = 256 * 1024;

  private final ByteBuffer[] buffers = new ByteBuffer[2 * MAX];
  private final ByteBuffer[] one = new ByteBuffer[1];
  private ByteBuffer packed = ByteBuffer.allocateDirect(0);
  private int writes;
  private long from;
  private long to;
  private long bytes;

  /** How many chunks there are. */
  int chunks() {
    return (int) (to - from);
  }

  ByteBuffer head(int chunk) {
    return buffers[2 * chunk];
  }

  ByteBuffer payload(int chunk) {
    return buffers[2 * chunk + 1];
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
    writes = 0;
  }

  void add(ByteBuffer head, ByteBuffer payload) {
    int at = 2 * chunks();
    buffers[at] = head;
    buffers[at + 1] = payload;
    bytes += head.limit() + payload.limit();
    to++;
  }

  /** Writes all of it, or as much as there is room for; answers as {@link Outlet#write}. */
  long writeTo(Outlet outlet) {
    writes++;
    if (writes == 1 || bytes > MOST_PACKED) {
      rewind();
      return outlet.write(buffers, 2 * chunks());
    }
    if (writes == 2) {
      pack();
    }
    one[0] = packed.position(0);
    return outlet.write(one, 1);
  }

  private void pack() {
    if (packed.capacity() < bytes) {
      packed = ByteBuffer.allocateDirect((int) Math.min(MOST_PACKED, bytes + bytes / 2));
    }
    packed.clear();
    rewind();
    for (int i = 0; i < 2 * chunks(); i++) {
      packed.put(buffers[i]);
    }
    packed.flip();
  }

  private void rewind() {
    for (int i = 2 * chunks() - 1; i >= 0; i--) {
      buffers[i].position(0);
    }
  }
}
