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
}
