package dev.tutti.snapcast.sessions;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;

/**
 * Direct buffers for payloads, used again once all sessions are past them: direct memory is costly
 * to get and only the collector gives it back. One bucket per power of two. Thread-safe.
 */
public final class PayloadPool {
  private static final int SMALLEST_LOG2 = 8;
  private static final int LARGEST_LOG2 = 20;

  private final List<Queue<ByteBuffer>> free =
      IntStream.rangeClosed(SMALLEST_LOG2, LARGEST_LOG2)
          .<Queue<ByteBuffer>>mapToObj(log2 -> new ConcurrentLinkedQueue<>())
          .toList();

  /** A buffer with these bytes, position 0, limit at their end. */
  public ByteBuffer of(byte[] data) {
    ByteBuffer buffer = take(data.length);
    return buffer.put(0, data).position(0).limit(data.length);
  }

  private ByteBuffer take(int bytes) {
    int log2 = Math.max(SMALLEST_LOG2, 32 - Integer.numberOfLeadingZeros(Math.max(bytes, 1) - 1));
    if (log2 > LARGEST_LOG2) {
      return ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
    ByteBuffer used = free.get(log2 - SMALLEST_LOG2).poll();
    return used != null
        ? used.clear()
        : ByteBuffer.allocateDirect(1 << log2).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Takes a buffer back. Nobody may use it any more. */
  public void give(ByteBuffer buffer) {
    int log2 = 31 - Integer.numberOfLeadingZeros(buffer.capacity());
    if (log2 <= LARGEST_LOG2 && buffer.capacity() == 1 << log2) {
      free.get(log2 - SMALLEST_LOG2).add(buffer);
    }
  }
}
