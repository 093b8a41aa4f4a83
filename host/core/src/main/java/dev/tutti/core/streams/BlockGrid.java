package dev.tutti.core.streams;

/**
 * The block borders of a stream: border {@code i} lies exactly {@code i * chunkFrames} frames after
 * the epoch, for ever, so that rounding never adds up. The epoch survives restarts.
 *
 * @param rate frames per second
 * @param chunkFrames frames of a block
 * @param epochMicros the instant of border 0
 */
record BlockGrid(int rate, int chunkFrames, long epochMicros) {
  private static final long SECOND = 1_000_000;

  /** The instant of a border. */
  long timeOf(long index) {
    return timeOf(index, 0);
  }

  /** The instant of a frame, counted from a border. */
  long timeOf(long index, int offset) {
    long frames = index * chunkFrames + offset;
    long seconds = Math.floorDiv(frames, rate);
    return epochMicros + seconds * SECOND + Math.floorMod(frames, rate) * SECOND / rate;
  }

  /** The first border at or after an instant. */
  long indexAtOrAfter(long micros) {
    long span = micros - epochMicros;
    long frames = Math.floorDiv(span, SECOND) * rate + Math.floorMod(span, SECOND) * rate / SECOND;
    long index = Math.floorDiv(frames, chunkFrames);
    while (timeOf(index) < micros) {
      index++;
    }
    return index;
  }

  /** How long one block lasts, rounded up. */
  long blockMicros() {
    return Math.ceilDiv(chunkFrames * SECOND, rate);
  }

  /** How many blocks it takes to fill a span. */
  int blocksIn(long micros) {
    return (int) Math.ceilDiv(micros * rate, SECOND * chunkFrames);
  }

  /** How many frames lie in a span. */
  int framesIn(long micros) {
    return (int) (micros * rate / SECOND);
  }
}
