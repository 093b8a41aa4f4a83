package dev.tutti.core.streams;

import dev.tutti.api.stream.TimedBlock;
import java.util.List;

/**
 * A block on a timeline and what it is made of. Immutable.
 *
 * @param marks as {@link Chunk#marks}; empty where the stream rests
 */
record Slot(TimedBlock block, List<Chunk.Mark> marks) {
  long sequence() {
    return block.sequence();
  }

  long timeMicros() {
    return block.timeMicros();
  }
}
