package dev.tutti.core.streams;

import dev.tutti.api.audio.PlayOrder;
import dev.tutti.api.stream.StreamStatus.Playback;

/**
 * What listeners of a stream heard, and when: enough to go on after a restart as if nothing had
 * happened.
 *
 * @param streamId the stream
 * @param uri the source that gave the token, as text without secrets
 * @param token the place that was audible
 * @param instantMicros when its first frame was to be heard, on the server clock
 * @param epochMicros where the stream's block grid begins
 * @param playback what was commanded
 * @param order shuffle and repeat
 * @param heldUntilMicros until when deep listeners could play on with what they had in hand; 0 if
 *     there were none
 * @param closed whether the host stopped in order, so that nothing was heard after the anchor but
 *     what listeners had in hand
 */
public record Anchor(
    String streamId,
    String uri,
    String token,
    long instantMicros,
    long epochMicros,
    Playback playback,
    PlayOrder order,
    long heldUntilMicros,
    boolean closed) {
  /** The same without instants: they belong to a clock that does not run any more. */
  Anchor withoutInstant() {
    return new Anchor(
        streamId, uri, token, Long.MAX_VALUE, Long.MAX_VALUE, playback, order, 0, closed);
  }
}
