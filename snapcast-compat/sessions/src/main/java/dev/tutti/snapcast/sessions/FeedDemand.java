package dev.tutti.snapcast.sessions;

/** What sessions ask of feeds. */
public interface FeedDemand {
  /** {@link #want} from what is heard now on. */
  long NOW = Long.MIN_VALUE;

  /**
   * Somebody listens to a feed, or needs it earlier or less early than before.
   *
   * @param leadMicros the largest buffer among the listeners
   * @param fromMicros if the feed is not there yet: the instant from which its sound is needed, or
   *     {@link #NOW}
   */
  void want(FeedId feed, long leadMicros, long fromMicros);

  /**
   * How far ahead a deep feed is needed; said before {@link #want}.
   *
   * @param depthMicros how early its deepest listener is sent chunks
   * @param horizonMicros how long before it is heard a chunk can no longer be taken back
   */
  default void reach(FeedId feed, long depthMicros, long horizonMicros) {}

  /** Nobody listens to a feed any more. */
  void release(FeedId feed);
}
