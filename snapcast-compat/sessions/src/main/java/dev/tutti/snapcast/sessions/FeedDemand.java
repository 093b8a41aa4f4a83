package dev.tutti.snapcast.sessions;

/** What sessions ask of feeds. */
public interface FeedDemand {
  /**
   * Somebody listens to a stream, or needs it earlier or less early than before.
   *
   * @param leadMicros the largest buffer among the listeners
   */
  void want(String streamId, long leadMicros);

  /** Nobody listens to a stream any more. */
  void release(String streamId);
}
