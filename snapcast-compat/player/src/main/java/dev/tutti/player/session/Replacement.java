package dev.tutti.player.session;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Sound in hand gives way to other sound from an instant on: the old stays until enough of the new
 * is there, then the new takes its place in one go. For the session's thread.
 */
final class Replacement {
  /** So much of the new sound makes it worth going over: more comes while that is played. */
  private static final long ENOUGH_MICROS = 30_000;

  /** More than this never waits: the old sound has ended by then. */
  private static final int MOST_STAGED = 64;

  private static final long MOST_STAGED_BYTES = 2 * 1024 * 1024;

  private final ChunkQueue queue;
  private final Deque<Chunk> staged = new ArrayDeque<>();
  private Edition edition = Edition.FIRST;
  private long stagedBytes;
  private boolean waits;

  Replacement(ChunkQueue queue) {
    this.queue = queue;
  }

  /** What chunks belong to that come now. */
  Edition edition() {
    return edition;
  }

  /**
   * What comes from now on takes the place of what is in hand.
   *
   * @param fromMicros the timestamp from which on
   */
  void begin(long fromMicros) {
    // What was to be replaced by something that is replaced itself still is.
    long from = waits ? Math.min(fromMicros, edition.fromMicros()) : fromMicros;
    staged.clear();
    stagedBytes = 0;
    edition = new Edition(edition.number() + 1, from);
    waits = true;
  }

  /**
   * As {@link #begin}, but the old sound ends there in any case.
   *
   * @param head of the stream it belongs to
   */
  void hush(StreamHead head, int epoch, long fromMicros) {
    begin(fromMicros);
    queue.dropFrom(epoch, edition.fromMicros());
    waits = !queue.add(new Chunk(head, epoch, edition, edition.fromMicros(), new byte[0]));
  }

  /** Adds a chunk of the newest edition; false if there is no room for it. */
  boolean add(Chunk chunk) {
    if (!waits) {
      return queue.add(chunk);
    }
    staged.add(chunk);
    stagedBytes += ChunkQueue.costOf(chunk);
    boolean enough = chunk.timestampMicros() >= edition.fromMicros() + ENOUGH_MICROS;
    if (enough || staged.size() >= MOST_STAGED || stagedBytes >= MOST_STAGED_BYTES) {
      waits = false;
      queue.dropFrom(chunk.epoch(), edition.fromMicros());
      return addStaged();
    }
    return true;
  }

  private boolean addStaged() {
    boolean all = true;
    stagedBytes = 0;
    for (@Nullable Chunk next = staged.poll(); next != null; next = staged.poll()) {
      all &= queue.add(next);
    }
    return all;
  }

  /** The connection is gone: what was replaced stays, what did not come is not waited for. */
  void disconnected() {
    staged.clear();
    stagedBytes = 0;
    waits = false;
  }
}
