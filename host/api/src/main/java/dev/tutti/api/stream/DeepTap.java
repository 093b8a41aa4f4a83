package dev.tutti.api.stream;

import dev.tutti.api.Registration;
import dev.tutti.api.audio.SampleFormat;
import org.jspecify.annotations.Nullable;

/**
 * A listener's hand that reaches as far ahead as a stream is rendered, for listeners that can give
 * back what they were given. What it looks at is not committed: until shortly before it is to be
 * heard it may be replaced (a skip, a pause), and {@link #revoked} then says from where on. Blocks
 * are numbered as for a {@link Tap}. Used by one thread at a time.
 */
public interface DeepTap extends Registration {
  /** Nothing was taken back. */
  long NOTHING = Long.MAX_VALUE;

  /** The stream's format. */
  SampleFormat format();

  /**
   * Looks at a block, if it is rendered.
   *
   * @param sequence its number
   * @return the block, or null if it is not rendered yet, or no longer kept
   */
  @Nullable TimedBlock peek(long sequence);

  /** As {@link Tap#sequenceAt}. */
  long sequenceAt(long micros);

  /**
   * Says what this listener needs, in microseconds.
   *
   * @param lead how long after its capture live audio is to be heard at the soonest, as {@link
   *     Tap#leadMicros}
   * @param depth how far ahead an on-demand source is to be rendered
   * @param horizon how long before it is to be heard a block can still be replaced; from then on it
   *     is committed
   */
  void reach(long lead, long depth, long horizon);

  /**
   * The first of the blocks that were replaced since this was asked last, or {@link #NOTHING}.
   * Blocks from this one on are to be looked at again.
   */
  long revoked();
}
