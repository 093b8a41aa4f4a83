package dev.tutti.player.edge;

import dev.tutti.api.audio.SampleFormat;

/**
 * Blocks of {@value #BLOCK_MS} ms laid over this machine's clock for ever: block n begins with
 * frame n · frames, counted from the clock's zero. So a stream that is rendered anew lies on the
 * same places.
 *
 * @param frames of each block
 */
record BlockGrid(SampleFormat format, int frames) {
  private static final int BLOCK_MS = 20;
  private static final long SECOND = 1_000_000;

  static BlockGrid of(SampleFormat format) {
    return new BlockGrid(format, format.rate() * BLOCK_MS / 1000);
  }

  /** When a block begins. */
  long timeMicros(long sequence) {
    long frame = sequence * frames;
    long rate = format.rate();
    return frame / rate * SECOND + frame % rate * SECOND / rate;
  }

  /** The first block that begins at an instant or later. */
  long firstAt(long micros) {
    long rate = format.rate();
    long frame = micros / SECOND * rate + Math.ceilDiv(micros % SECOND * rate, SECOND);
    return Math.ceilDiv(frame, (long) frames);
  }

  /** How many frames lie between an instant and the beginning of a block. */
  double framesUntil(long sequence, long micros) {
    return (timeMicros(sequence) - micros) * 1e-6 * format.rate();
  }

  /** The least power of two of blocks that last so long. */
  int blocksFor(long micros) {
    long blocks = Math.ceilDiv(micros, timeMicros(1));
    return Integer.highestOneBit((int) Math.max(1, blocks) * 2 - 1);
  }
}
