package dev.tutti.player.session;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Encoded chunks in the order they are to be heard, within a bound of memory. It outlives
 * connections. One thread adds, another polls; neither is the one that plays.
 */
public final class ChunkQueue {
  /** A minute of FLAC, or half a minute of 24-bit PCM at 96 kHz. */
  static final int MAX_BYTES = 24 * 1024 * 1024;

  /** What a server may send ahead: the rest is for what chunks cost beside their data. */
  static final int DEPTH_BYTES = 20 * 1024 * 1024;

  /** What a chunk costs beside its data. */
  private static final int OVERHEAD_BYTES = 64;

  private final Deque<Held> chunks = new ArrayDeque<>();
  private @Nullable StreamHead lastHead;
  private long bytes;

  /** A stream's header is paid for by its first chunk: a server may send another each time. */
  private record Held(Chunk chunk, int cost) {}

  /**
   * Adds a chunk behind all others.
   *
   * @return false if there is no room for it
   */
  public synchronized boolean add(Chunk chunk) {
    StreamHead head = chunk.head();
    int cost = costOf(chunk) + (head.equals(lastHead) ? 0 : head.header().length);
    if (bytes + cost > MAX_BYTES) {
      return false;
    }
    chunks.addLast(new Held(chunk, cost));
    lastHead = head;
    bytes += cost;
    return true;
  }

  /** Takes the next chunk; null if there is none. */
  public synchronized @Nullable Chunk poll() {
    Held held = chunks.pollFirst();
    if (held == null) {
      return null;
    }
    bytes -= held.cost;
    return held.chunk;
  }

  /** Drops what is to be heard at an instant or later: something else takes its place. */
  public synchronized void dropFrom(int epoch, long timestampMicros) {
    Held last = chunks.peekLast();
    while (last != null
        && last.chunk.epoch() == epoch
        && last.chunk.timestampMicros() >= timestampMicros) {
      chunks.removeLast();
      bytes -= last.cost;
      last = chunks.peekLast();
    }
    lastHead = last == null ? null : last.chunk.head();
  }

  /** Whether there is other data in hand for a chunk's instant. */
  synchronized boolean differs(Chunk other) {
    boolean reached = false;
    for (Held held : chunks) {
      Chunk chunk = held.chunk;
      if (chunk.epoch() == other.epoch() && chunk.timestampMicros() >= other.timestampMicros()) {
        boolean same = chunk.timestampMicros() == other.timestampMicros();
        // What is older than all that is in hand is on its way to the ear already.
        return same ? !Arrays.equals(chunk.data(), other.data()) : reached;
      }
      reached = true;
    }
    return false;
  }

  static int costOf(Chunk chunk) {
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
