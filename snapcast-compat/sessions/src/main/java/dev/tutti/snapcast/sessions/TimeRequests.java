package dev.tutti.snapcast.sessions;

import dev.tutti.snapcast.protocol.Time;
import java.nio.ByteBuffer;

/**
 * Time requests that wait for their reply, oldest first. Usually one, and only while a message is
 * cut or a client does not read more; allocates at the first.
 */
final class TimeRequests {
  /** More unanswered requests than this come only from a client that does not read. */
  static final int MAX = 256;

  private static final int FIELDS = 3;

  private long[] ring = new long[0];
  private int head;
  private int size;

  boolean isEmpty() {
    return size == 0;
  }

  /** False if there are too many already. */
  boolean add(int id, long sentMicros, long receivedMicros) {
    if (size * FIELDS == ring.length && !grow()) {
      return false;
    }
    int at = (head + size) * FIELDS % ring.length;
    ring[at] = id;
    ring[at + 1] = sentMicros;
    ring[at + 2] = receivedMicros;
    size++;
    return true;
  }

  private boolean grow() {
    if (size == MAX) {
      return false;
    }
    long[] larger = new long[Math.max(2 * FIELDS, ring.length * 2)];
    for (int i = 0; i < size; i++) {
      System.arraycopy(ring, (head + i) * FIELDS % ring.length, larger, i * FIELDS, FIELDS);
    }
    ring = larger;
    head = 0;
    return true;
  }

  /** When the oldest came; there is one. */
  long oldestMicros() {
    return ring[head * FIELDS + 2];
  }

  /** Writes as many replies as fit, stamped as sent now. */
  void reply(ByteBuffer out, long nowMicros) {
    while (size > 0 && out.remaining() >= Time.FRAME_BYTES) {
      int at = head * FIELDS;
      Time.putReply(out, (int) ring[at], ring[at + 1], ring[at + 2], nowMicros);
      head = (head + 1) * FIELDS % ring.length / FIELDS;
      size--;
    }
  }
}
