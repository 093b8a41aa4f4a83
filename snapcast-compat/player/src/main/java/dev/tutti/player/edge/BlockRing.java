package dev.tutti.player.edge;

import dev.tutti.snapcast.sessions.Block;
import org.jspecify.annotations.Nullable;

/**
 * The blocks that were rendered last, on their way from the thread that renders to the one that
 * serves. One thread writes, another reads; no locks, and the writer does not allocate. What is
 * read stays untouched for as long as it takes to write half of the places anew.
 */
final class BlockRing {
  private static final long NONE = -1;

  private final BlockGrid grid;
  private final int mask;
  private final float[][] samples;
  private final long[] sequences;
  private final boolean[] follows;
  private final boolean[] rests;
  private volatile long end = NONE;

  /**
   * @param keptMicros how much can be read, at least
   */
  BlockRing(BlockGrid grid, long keptMicros) {
    this.grid = grid;
    int places = 2 * grid.blocksFor(keptMicros);
    mask = places - 1;
    samples = new float[places][grid.frames() * grid.format().channels()];
    sequences = new long[places];
    follows = new boolean[places];
    rests = new boolean[places];
    java.util.Arrays.fill(sequences, NONE);
  }

  BlockGrid grid() {
    return grid;
  }

  /** Where the samples of a block go, before {@link #publish}. For the writer. */
  float[] place(long sequence) {
    return samples[(int) sequence & mask];
  }

  /**
   * A block is complete.
   *
   * @param sequence higher than all before
   * @param rest whether silence is meant here
   */
  void publish(long sequence, boolean rest) {
    int at = (int) sequence & mask;
    sequences[at] = sequence;
    follows[at] = sequence == end;
    rests[at] = rest;
    end = sequence + 1;
  }

  /** One more than the number of the newest block; negative if there is none. For the reader. */
  long end() {
    return end;
  }

  /** The oldest that can be read, if it was written at all. For the reader. */
  long first() {
    return Math.max(0, end - (mask + 1) / 2);
  }

  /**
   * A block, or null if there is none such, or no longer. For the reader.
   *
   * @param exactBits as in {@link Block#exactBits}
   */
  @Nullable Block take(long sequence, int exactBits) {
    int at = (int) sequence & mask;
    if (sequence < first() || sequence >= end || sequences[at] != sequence) {
      return null;
    }
    return new Block(
        grid.timeMicros(sequence), follows[at], samples[at], grid.frames(), exactBits, rests[at]);
  }
}
