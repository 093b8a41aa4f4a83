package dev.tutti.api.stream;

import dev.tutti.api.Registration;
import dev.tutti.api.audio.SampleFormat;
import org.jspecify.annotations.Nullable;

/**
 * One listener's hand on a stream's timeline. Blocks are numbered without holes. What was taken is
 * committed: it will sound as taken, everywhere; what was not may still be replaced (a skip, a
 * pause). So a listener takes a block when it has to send it, not earlier. Used by one thread at a
 * time.
 */
public interface Tap extends Registration {
  /** The stream's format. */
  SampleFormat format();

  /**
   * Takes a block, if it is rendered. Taking a block again gives the same block, as long as the
   * timeline keeps it (at least two seconds after it was heard).
   *
   * @param sequence its number
   * @return the block, or null if it is not rendered yet, or no longer kept
   */
  @Nullable TimedBlock take(long sequence);

  /**
   * The number of the first block that is to be heard at or after an instant, or of the next one to
   * be rendered if none is that late. The oldest one kept, if the instant lies before it.
   */
  long sequenceAt(long micros);

  /**
   * Says how early this listener takes blocks before they are to be heard: for a stock Snapcast
   * client its bufferMs, and a little for the codec. Live audio is heard no earlier than this after
   * its capture.
   */
  void leadMicros(long leadMicros);
}
