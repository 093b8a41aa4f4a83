package dev.tutti.snapcast.sessions;

/**
 * The chunks of a feed that a session may still be sent, numbered without holes from 0. A chunk
 * leaves when it is too late for everybody; its payload then goes back to the pool.
 */
final class FeedWindow {
  private static final int FIRST_CAPACITY = 128;

  /** Differences in time below this are the rounding of microseconds. */
  private static final long ROUNDING = 25;

  private final PayloadPool pool;
  private Chunk[] ring = new Chunk[FIRST_CAPACITY];
  private long[] before = new long[FIRST_CAPACITY];
  private long bytes;
  private long first;
  private long end;

  FeedWindow(PayloadPool pool) {
    this.pool = pool;
  }

  /** The oldest chunk's number. */
  long first() {
    return first;
  }

  /** One more than the newest chunk's number. */
  long end() {
    return end;
  }

  /** How many chunks fit before the ring grows; a power of two. */
  int capacity() {
    return ring.length;
  }

  Chunk at(long number) {
    return ring[(int) number & (ring.length - 1)];
  }

  void append(Chunk chunk) {
    if (end - first == ring.length) {
      grow();
    }
    int at = (int) end & (ring.length - 1);
    ring[at] = chunk;
    before[at] = bytes;
    bytes += chunk.payload().limit();
    end++;
  }

  /** Bytes of the chunks from one number up to another. */
  long bytes(long from, long to) {
    return bytesBefore(to) - bytesBefore(from);
  }

  private long bytesBefore(long number) {
    return number >= end ? bytes : before[(int) number & (ring.length - 1)];
  }

  /** Lets go of chunks from a number on: others take their numbers. */
  void cutFrom(long number) {
    bytes = bytesBefore(number);
    while (end > number) {
      end--;
      pool.give(at(end).payload());
    }
  }

  private void grow() {
    Chunk[] larger = new Chunk[ring.length * 2];
    long[] largerBefore = new long[ring.length * 2];
    for (long n = first; n < end; n++) {
      larger[(int) n & (larger.length - 1)] = at(n);
      largerBefore[(int) n & (larger.length - 1)] = before[(int) n & (ring.length - 1)];
    }
    ring = larger;
    before = largerBefore;
  }

  /** Lets go of what is too late to be sent. */
  void trim(long nowMicros) {
    while (first < end && at(first).timeMicros() + Timing.LATE < nowMicros) {
      pool.give(at(first).payload());
      first++;
    }
  }

  /** Lets go of everything. */
  void clear() {
    for (; first < end; first++) {
      pool.give(at(first).payload());
    }
  }

  /** The first chunk of which something is still to be heard. */
  long audibleAt(long micros) {
    long number = first;
    while (number < end && at(number).endMicros() <= micros) {
      number++;
    }
    return number;
  }

  /** The first chunk that begins at an instant or later. */
  long startingAt(long micros) {
    long number = end;
    while (number > first && at(number - 1).timeMicros() + ROUNDING >= micros) {
      number--;
    }
    return number;
  }

  /** How long the newest chunk sounds; 0 if there is none. */
  long chunkMicros() {
    return end == first ? 0 : at(end - 1).durationMicros();
  }
}
