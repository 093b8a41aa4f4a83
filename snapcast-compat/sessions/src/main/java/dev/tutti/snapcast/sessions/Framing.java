package dev.tutti.snapcast.sessions;

import dev.tutti.snapcast.protocol.WireChunk;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Makes the chunks of a window ready for writing, for all sessions with one buffer. Allocates
 * nothing but when it grows.
 */
final class Framing {
  private final FeedWindow window;
  private final long bufferMicros;
  private final Batch batch = new Batch();
  private ByteBuffer[] heads = new ByteBuffer[0];
  private long[] headOf = new long[0];

  Framing(FeedWindow window, long bufferMicros) {
    this.window = window;
    this.bufferMicros = bufferMicros;
  }

  /** The chunks behind the numbers are others now. */
  void forget() {
    batch.begin(0);
    Arrays.fill(headOf, -1);
  }

  /** Chunks made ready for one write: as many of these as fit. */
  Batch batch(long from, long to, long nowMicros) {
    long until = Math.min(to, from + Batch.MAX);
    if (!batch.holds(from, until)) {
      batch.begin(from);
      for (long number = from; number < until; number++) {
        Chunk chunk = window.at(number);
        batch.add(head(number, chunk, nowMicros), chunk.payload());
      }
    }
    return batch;
  }

  /** What goes before a chunk: the same bytes for all sessions here. */
  private ByteBuffer head(long number, Chunk chunk, long nowMicros) {
    if (heads.length < window.capacity()) {
      makeHeads();
    }
    int at = (int) number & (heads.length - 1);
    ByteBuffer head = heads[at];
    if (headOf[at] != number) {
      headOf[at] = number;
      WireChunk.putHead(
          head.clear(), nowMicros, chunk.timeMicros() - bufferMicros, chunk.payload().limit());
    }
    return head;
  }

  private void makeHeads() {
    heads = new ByteBuffer[window.capacity()];
    headOf = new long[heads.length];
    Arrays.fill(headOf, -1);
    ByteBuffer slab = ByteBuffer.allocateDirect(heads.length * WireChunk.HEAD_BYTES);
    for (int i = 0; i < heads.length; i++) {
      heads[i] =
          slab.slice(i * WireChunk.HEAD_BYTES, WireChunk.HEAD_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    }
  }
}
