package dev.tutti.player.session;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Encoded chunks in the order they are to be heard, within a bound of memory. It outlives
 * connections. One thread adds, another polls; neither is the one that plays.
 */
public final class ChunkQueue {
  /** A minute of FLAC, or half a minute of 24-bit PCM at 96 kHz. */
  private static final int MAX_BYTES = 24 * 1024 * 1024;

  /** What a chunk costs beside its data. */
  private static final int OVERHEAD_BYTES = 64;

  private final Deque<Chunk> chunks = new ArrayDeque<>();
  private long bytes;

  /**
   * Adds a chunk behind all others.
   *
   * @return false if there is no room for it
   */
  public synchronized boolean add(Chunk chunk) {
    long cost = costOf(chunk);
    if (bytes + cost > MAX_BYTES) {
      return false;
    }
    chunks.addLast(chunk);
    bytes += cost;
    return true;
  }

  /** Takes the next chunk; null if there is none. */
  public synchronized @Nullable Chunk poll() {
    Chunk chunk = chunks.pollFirst();
    bytes -= chunk == null ? 0 : costOf(chunk);
    return chunk;
  }

  /** Drops what is to be heard at an instant or later: something else takes its place. */
  public synchronized void dropFrom(int epoch, long timestampMicros) {
    Chunk last = chunks.peekLast();
    while (last != null && last.epoch() == epoch && last.timestampMicros() >= timestampMicros) {
      chunks.removeLast();
      bytes -= costOf(last);
      last = chunks.peekLast();
    }
  }

  private static int costOf(Chunk chunk) {
    return chunk.data().length + OVERHEAD_BYTES;
  }

  /** Chunks waiting. */
  public synchronized int size() {
    return chunks.size();
  }

  /** Memory in use. */
  public synchronized long bytes() {
    return bytes;
  }
}
