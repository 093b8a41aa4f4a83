package dev.tutti.audio.fallback;

/**
 * Where an endless repetition stands at an instant: {@code (clock − anchor) mod length}, in whole
 * numbers, so that everybody gets the same frame, years from now as well. A value; any thread; does
 * not allocate.
 *
 * <p>Instants are microseconds of one clock, within ±2^62. Frames are counted from the anchor: the
 * <em>count</em> grows for ever (and is negative before the anchor), the <em>frame</em> is the
 * count within the pack.
 *
 * @param anchorMicros the instant at which frame 0 sounds
 * @param rate frames per second, 8000 to 384000
 * @param frames length of the pack, at least 1
 */
public record Loop(long anchorMicros, int rate, long frames) {
  private static final long SECOND = 1_000_000;
  private static final long FARTHEST = 1L << 62;

  public Loop {
    if (anchorMicros < -FARTHEST || anchorMicros > FARTHEST) {
      throw new IllegalArgumentException("the anchor " + anchorMicros + " is out of range");
    }
    if (rate < 8000 || rate > 384_000) {
      throw new IllegalArgumentException("sample rate must be 8000 to 384000, not " + rate);
    }
    if (frames < 1) {
      throw new IllegalArgumentException("a pack needs at least 1 frame, not " + frames);
    }
  }

  /** The count of the frame that sounds at an instant. */
  public long countAt(long clockMicros) {
    long span = clockMicros - anchorMicros;
    // Whole seconds hold whole frames, so nothing is rounded but the rest of one second.
    return Math.floorDiv(span, SECOND) * rate + Math.floorMod(span, SECOND) * rate / SECOND;
  }

  /** The frame of the pack that sounds at an instant: 0 to {@link #frames} − 1. */
  public long frameAt(long clockMicros) {
    return frameOf(countAt(clockMicros));
  }

  /** How much of that frame has passed at the instant: from 0 to less than 1. */
  public double phaseAt(long clockMicros) {
    long within = Math.floorMod(clockMicros - anchorMicros, SECOND) * rate;
    return (double) (within % SECOND) / SECOND;
  }

  /** The frame of the pack that has a count. */
  public long frameOf(long count) {
    return Math.floorMod(count, frames);
  }

  /** How often the pack was begun anew before a count; negative before the anchor. */
  public long roundOf(long count) {
    return Math.floorDiv(count, frames);
  }

  /** How many frames follow in one piece from a count on, before the pack begins anew. */
  public long untilWrap(long count) {
    return frames - frameOf(count);
  }

  /** The first microsecond at which the frame with a count sounds: {@code countAt} leads back. */
  public long timeOf(long count) {
    long within = Math.floorMod(count, (long) rate) * SECOND;
    return anchorMicros + Math.floorDiv(count, (long) rate) * SECOND + Math.ceilDiv(within, rate);
  }

  /** The first instant, not before another, at which a frame of the pack begins to sound. */
  public long nextTimeOf(long frame, long notBeforeMicros) {
    long count = countAt(notBeforeMicros);
    long next = count + Math.floorMod(frame - count, frames);
    return timeOf(next) >= notBeforeMicros ? timeOf(next) : timeOf(next + frames);
  }
}
