package dev.tutti.snapcast.sessions;

import org.jspecify.annotations.Nullable;

/** Opens streams for feeds. */
@FunctionalInterface
public interface FeedSources {
  /**
   * @param ready to be called, from any thread, when a further block can be taken; returns at once
   * @return null if there is no such stream
   */
  @Nullable FeedSource open(String streamId, Runnable ready);

  /**
   * Opens a stream for a feed that takes blocks as far ahead as they are rendered, and can take
   * back what it made of them.
   *
   * @param ready as for {@link #open}; called also when blocks were replaced
   * @return null if there is no such stream
   */
  default @Nullable FeedSource openAhead(String streamId, Runnable ready) {
    return open(streamId, ready);
  }
}
