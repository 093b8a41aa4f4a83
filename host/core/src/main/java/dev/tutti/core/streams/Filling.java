package dev.tutti.core.streams;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What a live source with a delay captures before the first of it is to be heard, while a fallback
 * sounds in its place: it waits here, because a timeline is written in order. Used by the conductor
 * only.
 */
final class Filling {
  private static final long NONE = Long.MIN_VALUE;

  private final BlockGrid grid;
  private final Deque<Chunk> waiting = new ArrayDeque<>();
  private long first = NONE;

  Filling(BlockGrid grid) {
    this.grid = grid;
  }

  boolean on() {
    return first != NONE;
  }

  /** Begins; the first chunk is to lie at this border. */
  void begin(long index) {
    first = index;
  }

  void add(Chunk chunk) {
    waiting.addLast(chunk);
  }

  /** When the first chunk is to be heard. */
  long beginsMicros() {
    return grid.timeOf(first);
  }

  /** When the next chunk is to be heard. */
  long endMicros() {
    return grid.timeOf(first + waiting.size());
  }

  /** Writes what waits to where it belongs; the fallback sounds up to there. */
  void pour(Renderer renderer) {
    if (renderer.asleep()) {
      renderer.wakeAt(beginsMicros());
    } else {
      renderer.appendRest((int) Math.max(0, first - renderer.nextIndex()));
    }
    // Where the fallback was rendered further already, what belongs there is left out.
    for (long index = first; !waiting.isEmpty(); index++) {
      Chunk chunk = waiting.removeFirst();
      if (index >= renderer.nextIndex()) {
        renderer.append(chunk);
      }
    }
    first = NONE;
  }

  /** It will not be heard. */
  void drop() {
    waiting.clear();
    first = NONE;
  }
}
