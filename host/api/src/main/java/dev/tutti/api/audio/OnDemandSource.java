package dev.tutti.api.audio;

import java.time.Duration;
import java.util.Optional;

/**
 * A source that is read ahead of time. All calls come from one thread of the source's own, one at a
 * time, in this order: optionally {@link #reposition}, then any mix of {@link #position}, {@link
 * #track}, {@link #read}, {@link #reposition}, {@link #skipFrames}; at last {@link #close}.
 */
public non-sealed interface OnDemandSource extends Source {
  /**
   * Appends frames to the block, up to its capacity, in the format of the request. The block
   * belongs to the caller; do not keep it. MAY fill less than there is room for; the host asks
   * again.
   *
   * @return false at the end: nothing more will come until a reposition. That is rest, not failure
   * @throws Exception if it cannot go on; the host logs the reason and treats it as a failed source
   */
  boolean read(AudioBlock block) throws Exception;

  /**
   * A token for the frame that read would deliver next: short text (under 1 KiB) that means the
   * same to another instance of this source, later, after a restart or an update of the plugin.
   */
  String position();

  /**
   * Goes to a token from {@link #position}, {@link Navigable#navigate} or an older run.
   *
   * @throws Exception if the token cannot be reached (its file is gone); the source stays usable
   *     and goes on from the nearest sensible place
   */
  void reposition(String token) throws Exception;

  /**
   * What the next frame belongs to. Asked before each read; return the same object while nothing
   * changed. A read that meets the end of a track SHOULD return there, part-filled, so that the
   * next track is noticed at its first frame; no gap is heard.
   */
  default Track track() {
    return Track.UNKNOWN;
  }

  /**
   * How far into {@link #track} the next frame lies. Asked with it. Empty if the source cannot
   * tell; the host then counts from where it saw the track begin.
   */
  default Optional<Duration> elapsed() {
    return Optional.empty();
  }

  /**
   * Moves on without delivering, as if so many frames had been read: used while nobody listens. MAY
   * be implemented where it can be done without decoding; otherwise the host reads and throws away.
   *
   * @return false if it cannot be done that way, and nothing moved
   * @throws Exception as {@link #read}
   */
  default boolean skipFrames(long frames) throws Exception {
    return false;
  }
}
