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

  /** Nobody listens to a feed any more. */
  void release(FeedId feed);
}
