package dev.tutti.snapcast.sessions;

import java.util.Optional;

/**
 * Which feed: a stream in one mix, or on its way from one mix to another.
 *
 * @param streamId the stream
 * @param mix what is heard, after the change if there is one
 * @param deep whether it is encoded as far ahead as the stream is rendered, for listeners that can
 *     give back what they were sent
 * @param change from which mix and when, if this feed only carries listeners over
 */
public record FeedId(String streamId, Mix mix, boolean deep, Optional<Change> change) {
  /** From what, and from which instant on. */
  public record Change(Mix from, long atMicros) {}

  /** A stream as it is. */
  public static FeedId of(String streamId) {
    return of(streamId, Mix.PLAIN);
  }

  /** A stream in a mix that lasts. */
  public static FeedId of(String streamId, Mix mix) {
    return new FeedId(streamId, mix, false, Optional.empty());
  }

  /** The same for listeners of another kind. */
  FeedId deep(boolean ahead) {
    return new FeedId(streamId, mix, ahead, change);
  }

  /** Whether its blocks are those of the stream. */
  boolean plain() {
    return change.isEmpty() && mix.equals(Mix.PLAIN);
  }

  /** Whether it has something to say also where the stream has nothing. */
  boolean overlaid() {
    return !mix.overlays().isEmpty()
        || change.map(c -> !c.from().overlays().isEmpty()).orElse(false);
  }

  @Override
  public String toString() {
    return streamId + (plain() ? "" : " (mixed)") + (deep ? " (ahead)" : "");
  }
}
