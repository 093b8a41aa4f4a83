package dev.tutti.snapcast.sessions;

import dev.tutti.api.audio.SampleFormat;
import dev.tutti.audio.codec.CodecSpec;
import org.jspecify.annotations.Nullable;

/**
 * What a feed needs of a stream: its blocks by number, and where a time lies among them. Used by
 * one thread. A block that was taken is committed, so a feed takes it when it has to be sent, not
 * earlier.
 */
public interface FeedSource extends AutoCloseable {
  SampleFormat format();

  /** Codec and options of the stream. */
  CodecSpec codec();

  /** Frames of a block, as a rule. */
  int blockFrames();

  /** A block, or null if it is not there yet, or no longer. */
  @Nullable Block take(long sequence);

  /**
   * The number of the first block to be heard at or after an instant; of the next one to come if
   * none is that late; of the oldest one kept if the instant lies before it.
   */
  long sequenceAt(long micros);

  /** Says how early blocks are taken before they are to be heard. */
  void leadMicros(long leadMicros);

  /**
   * Says how far ahead blocks are needed, and how long before they are heard they can no longer be
   * replaced. Only for sources that were opened for that.
   */
  default void reach(long depthMicros, long horizonMicros) {}

  /**
   * The first block that was replaced since this was asked last; {@link Long#MAX_VALUE} if none
   * was. Only sources that were opened for that replace what they gave.
   */
  default long revoked() {
    return Long.MAX_VALUE;
  }

  @Override
  void close();
}
