package dev.tutti.snapcast.sessions;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A stream's blocks without holes: where it rests or has nothing, silence takes its place, so that
 * what lies over the stream is heard all the same. Used by one thread.
 */
final class Filler {
  /** Silence needs no more in a stream of 24 bits either, and must not be dithered. */
  private static final int SILENCE_BITS = 16;

  private static final long ROUNDING = 25;

  /** A resting stream that begins to play is given so long before silence takes its place. */
  private static final long PATIENCE = 20_000;

  private static final long LOOK_AGAIN = 10_000;

  private static final long STALE = 500_000;

  private final FeedSource source;
  private float[] silence = new float[0];
  private long next;

  /** Where time was known exactly, and how many frames have passed since. */
  private long anchorMicros;

  private long framesSince;
  private boolean follows;
  private boolean resting = true;

  Filler(FeedSource source) {
    this.source = source;
  }

  /** Begins with the block that is heard first at or after an instant. */
  void begin(long fromMicros) {
    next = source.sequenceAt(fromMicros);
    Block first = source.take(next);
    anchorMicros = first == null ? fromMicros : first.timeMicros();
    framesSince = 0;
    Block before = first != null || next == 0 ? first : source.take(next - 1);
    resting = before == null || before.rest();
    follows = false;
  }

  /** The next block if it is due, or null. Its samples are not to be kept. */
  @Nullable Block next(long nowMicros, long leadMicros) {
    if (timeMicros() > nowMicros + leadMicros) {
      return null;
    }
    if (timeMicros() < nowMicros - STALE) {
      begin(nowMicros);
    }
    long timeMicros = timeMicros();
    Block block = due(nowMicros + leadMicros);
    if (block == null) {
      long spare = timeMicros - nowMicros;
      long least = resting ? leadMicros - PATIENCE : leadMicros / 4;
      return spare <= least ? silent(source.blockFrames()) : null;
    }
    long hole = block.timeMicros() - timeMicros;
    if (hole > ROUNDING) {
      return silent(Math.clamp(source.format().framesIn(hole + ROUNDING), 1, source.blockFrames()));
    }
    next++;
    resting = block.rest();
    anchorMicros = block.timeMicros();
    framesSince = 0;
    return passed(
        new Block(
            block.timeMicros(),
            follows,
            block.samples(),
            block.frames(),
            block.exactBits(),
            false));
  }

  private long timeMicros() {
    return anchorMicros + source.format().microsOf(framesSince);
  }

  /** The stream's next block that is not too late, if it has one to be heard until an instant. */
  private @Nullable Block due(long untilMicros) {
    while (next < source.sequenceAt(untilMicros + 1)) {
      Block block = source.take(next);
      if (block == null || block.timeMicros() >= timeMicros() - ROUNDING) {
        return block;
      }
      next++;
    }
    return null;
  }

  private Block silent(int frames) {
    int samples = frames * source.format().channels();
    if (silence.length < samples) {
      silence = new float[samples];
    }
    Arrays.fill(silence, 0, samples, 0);
    return passed(new Block(timeMicros(), follows, silence, frames, SILENCE_BITS, false));
  }

  private Block passed(Block block) {
    framesSince += block.frames();
    follows = true;
    return block;
  }

  /** When the next block may be there. */
  long wakeUp(long nowMicros, long leadMicros) {
    return Math.max(timeMicros() - leadMicros, nowMicros + LOOK_AGAIN);
  }
}
