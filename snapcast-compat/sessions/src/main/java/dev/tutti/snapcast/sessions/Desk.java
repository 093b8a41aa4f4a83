package dev.tutti.snapcast.sessions;

import java.util.List;

/**
 * What each client is to hear of its stream, and on which line that comes: its own mix and what
 * lies over it for a while. Used by the thread that steps {@link Sessions}.
 */
final class Desk {
  private final Lines lines;
  private final Overlays overlays;

  Desk(Lines lines, Overlays overlays) {
    this.lines = lines;
    this.overlays = overlays;
  }

  /** The line a client is to hear that begins to listen now. */
  Line lineFor(Member who, long nowMicros) {
    return line(feedFor(who, mixOf(who, nowMicros)), FeedDemand.NOW);
  }

  /** The feed from which a client hears its stream in a mix. */
  FeedId feedFor(Member who, Mix mix) {
    String stream = who.place().streamId();
    // What lies over a stream is for a moment only, and made just before it is heard.
    boolean deep = who.depthMicros() > 0 && mix.overlays().isEmpty() && lines.forkable(stream);
    return FeedId.of(stream, mix).deep(deep);
  }

  /** What a client is to hear of its stream. */
  Mix mixOf(Member who, long nowMicros) {
    Place place = who.place();
    long changeable = nowMicros + leadOf(place.streamId()) + Timing.FORK;
    long heard = changeable - Math.round(place.mix().delayMs() * 1000);
    List<Overlay> over =
        lines.forkable(place.streamId())
            ? overlays.of(who.clientId(), place.muted(), heard)
            : List.of();
    return new Mix(place.mix(), over.isEmpty() || !place.muted(), over);
  }

  /** The line of a feed; made if it is not there. */
  Line line(FeedId id, long fromMicros) {
    return lines.of(id, fromMicros);
  }

  /** How long before it is heard a stream is sent, to whom it is sent first. */
  long leadOf(String streamId) {
    return lines.leadOf(streamId);
  }

  /** How long before it is heard nobody can give back what was sent ahead. */
  long horizonMicros() {
    return lines.horizonMicros();
  }

  /** Somebody listens to something else now: tells the feeds. */
  void updateDemand() {
    lines.updateDemand();
  }
}
