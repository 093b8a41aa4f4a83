package dev.tutti.core.streams;

import dev.tutti.api.audio.PlayOrder;
import dev.tutti.api.audio.Track;
import dev.tutti.api.stream.TransportCommand;
import java.util.Set;

/**
 * A place in what a source plays.
 *
 * @param token leads an on-demand source back to it; empty on live streams
 * @param track what it belongs to
 * @param elapsedMicros how far into the track it lies
 * @param can what the source takes there, without what the host does itself
 * @param order shuffle and repeat there
 */
record Place(
    String token,
    Track track,
    long elapsedMicros,
    Set<TransportCommand.Kind> can,
    PlayOrder order) {
  /** Where nothing is known. */
  static final Place UNKNOWN = new Place("", Track.UNKNOWN, 0, Set.of(), PlayOrder.STRAIGHT);

  /** The same, so much further into the track. */
  Place further(long micros) {
    return new Place(token, track, elapsedMicros + micros, can, order);
  }
}
