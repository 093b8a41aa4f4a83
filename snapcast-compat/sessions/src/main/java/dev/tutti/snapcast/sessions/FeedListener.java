package dev.tutti.snapcast.sessions;

import dev.tutti.snapcast.protocol.CodecHeader;

/** Told what feeds make, in order. */
public interface FeedListener {
  /** From now on chunks of the feed are for a decoder with this header. */
  void opened(FeedId feed, CodecHeader header);

  /**
   * Chunks of a deep feed are others now; what comes next begins at an instant that lies before the
   * end of what was told already.
   *
   * @param fromMicros the instant from which chunks come anew
   * @param atMicros the instant from which they sound otherwise; what comes before only brings
   *     decoders into the state they need
   */
  default void revoked(FeedId feed, long fromMicros, long atMicros) {}

  /** A further chunk; the receiver releases it to the pool once nobody can need it. */
  void encoded(FeedId feed, Chunk chunk);
}
