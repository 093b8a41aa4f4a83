package dev.tutti.core.streams;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A stream's blocks, from the recent past to as far ahead as they are rendered. One thread writes
 * (the conductor), any number reads; readers neither lock nor allocate.
 *
 * <p><b>Taking and revoking.</b> Blocks below {@link #limit} may be taken. A reader first raises
 * {@link #taken} to the block it wants and then looks at the limit again; a writer that wants other
 * blocks from T1 on first lowers the limit to T1 and then looks at taken. Both are sequentially
 * consistent, so at least one of them sees the other (Dekker's argument): either the reader sees
 * the lowered limit and comes back later, or the writer sees that T1 is taken and revokes from a
 * later block. So a block that was handed out never changes, and all readers get the same blocks.
 * The limit stays low only for the few stores that exchange the blocks: mixing is done before. A
 * reader that came back in vain leaves taken too high; that costs a revocation one block, once.
 */
final class Timeline {
  private static final int SMALLEST = 64;

  private volatile AtomicReferenceArray<@Nullable Slot> ring = new AtomicReferenceArray<>(SMALLEST);
  private volatile long limit;
  private volatile long oldest;
  private final AtomicLong taken = new AtomicLong(-1);
  private long end; // conductor only
  private LongConsumer replaced = first -> {};

  // --- any thread -------------------------------------------------------------------------------

  /** Takes and commits a block, or answers null if it is not (or no longer) there. */
  @Nullable Slot take(long sequence) {
    if (sequence >= limit || sequence < oldest) {
      return null;
    }
    long before = taken.get();
    while (sequence > before && !taken.compareAndSet(before, sequence)) {
      before = taken.get();
    }
    return sequence < limit ? slot(sequence) : null;
  }

  /** A block that may be taken, without committing it; null if it is not (or no longer) there. */
  @Nullable Slot peek(long sequence) {
    return sequence < limit && sequence >= oldest ? slot(sequence) : null;
  }

  /** The first block to be heard at or after an instant, as {@link dev.tutti.api.stream.Tap}. */
  long sequenceAt(long micros) {
    long low = oldest;
    long high = limit;
    while (low < high) {
      long middle = (low + high) >>> 1;
      Slot slot = slot(middle);
      if (slot == null || slot.timeMicros() < micros) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return Math.min(low, limit); // a revocation may have cut off what was seen above
  }

  /** A block, committed or not; null if it is not kept. */
  @Nullable Slot slot(long sequence) {
    AtomicReferenceArray<@Nullable Slot> r = ring;
    Slot slot = r.getAcquire((int) sequence & (r.length() - 1));
    return slot != null && slot.sequence() == sequence ? slot : null;
  }

  /** The highest number any reader has committed, or −1. */
  long taken() {
    return taken.get();
  }

  /** Blocks below this may be taken. */
  long limit() {
    return limit;
  }

  // --- the conductor ----------------------------------------------------------------------------

  /** The number of the next block to be rendered. */
  long end() {
    return end;
  }

  /** Sets who is told of the first block that was replaced although it could have been seen. */
  void onReplaced(LongConsumer listener) {
    replaced = listener;
  }

  /** Adds a block, which may not yet be taken. */
  void append(Slot slot) {
    if (slot.sequence() != end) {
      throw new IllegalArgumentException("block " + slot.sequence() + " after " + (end - 1));
    }
    if (end - oldest >= ring.length()) {
      grow();
    }
    store(slot);
    end++;
  }

  /** Lets blocks below a number be taken. Never lowers the limit. */
  void release(long upTo) {
    if (upTo > limit) {
      limit = Math.min(upTo, end);
    }
  }

  /**
   * Puts other blocks in the place of everything from a number on, and lets them be taken up to a
   * limit.
   *
   * @return false, with nothing changed, if a reader has taken the first of them meanwhile
   */
  boolean replaceFrom(long sequence, List<Slot> slots, long newLimit) {
    long before = limit;
    if (sequence < before) {
      limit = sequence;
      if (taken.get() >= sequence) {
        limit = before;
        return false;
      }
    }
    long oldEnd = end;
    end = sequence;
    slots.forEach(this::append);
    for (long s = end; s < oldEnd; s++) {
      ring.setRelease((int) s & (ring.length() - 1), null);
    }
    limit = newLimit;
    if (sequence < before) {
      replaced.accept(sequence);
    }
    return true;
  }

  /** Forgets blocks that were heard before an instant. */
  void forgetBefore(long micros) {
    long from = oldest;
    long s = from;
    for (Slot slot = slot(s); s < limit && slot != null; slot = slot(++s)) {
      if (slot.timeMicros() >= micros) {
        break;
      }
      ring.setRelease((int) s & (ring.length() - 1), null);
    }
    if (s > from) {
      oldest = s;
    }
  }

  /** Gives nothing any more. */
  void close() {
    limit = 0;
  }

  private void store(Slot slot) {
    ring.setRelease((int) slot.sequence() & (ring.length() - 1), slot);
  }

  private void grow() {
    AtomicReferenceArray<@Nullable Slot> larger = new AtomicReferenceArray<>(ring.length() * 2);
    for (long s = oldest; s < end; s++) {
      larger.setPlain((int) s & (larger.length() - 1), slot(s));
    }
    ring = larger;
  }
}
