package dev.tutti.snapcast.sessions;

import dev.tutti.snapcast.protocol.CodecHeader;

/** Told what feeds make, in order. */
public interface FeedListener {
  /** From now on chunks of the feed are for a decoder with this header. */
  void opened(FeedId feed, CodecHeader header);

  /** A further chunk; the receiver releases it to the pool once nobody can need it. */
  void encoded(FeedId feed, Chunk chunk);
}
