package dev.tutti.core.streams;

import dev.tutti.api.audio.PlayOrder;
import dev.tutti.api.audio.PlayerState;
import dev.tutti.api.audio.Track;
import dev.tutti.api.json.Json;
import dev.tutti.api.stream.StreamStatus;
import dev.tutti.api.stream.StreamStatus.Activity;
import dev.tutti.api.stream.StreamStatus.Playback;
import dev.tutti.api.stream.TransportCommand;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says how a stream is: what is audible now, and what is commanded beside it. Equal as long as
 * nothing changes but the time. Used by the conductor only.
 */
final class StatusReport {
  private static final Set<TransportCommand.Kind> NOTHING = Set.of();

  private final StreamConfig config;

  StatusReport(StreamConfig config) {
    this.config = config;
  }

  /** Before anything is known. */
  StreamStatus unknown() {
    Moment moment = new Moment(Activity.IDLE, Playback.STOPPED, Place.UNKNOWN, 0);
    return status(moment, Optional.empty(), NOTHING, "");
  }

  /**
   * A live stream, or one whose source is not known yet.
   *
   * @param lead how far ahead of what is audible the activity is looked up: what is handed out now
   * @param player what the player behind it says, if there is one
   */
  StreamStatus live(
      long now,
      long lead,
      Renderer renderer,
      @Nullable LiveFeed feed,
      @Nullable PlayerState player,
      String problem) {
    Hearing.Entry entry = renderer.hearing().at(now);
    Hearing.Entry handedOut = renderer.hearing().at(now + lead);
    boolean sounds = feed != null && feed.sounding() && handedOut != null && !handedOut.rest();
    Track track = entry == null ? Track.UNKNOWN : entry.place().track();
    if (player != null) {
      return player(sounds, track, player, problem);
    }
    Moment moment =
        new Moment(
            sounds ? Activity.PLAYING : Activity.IDLE,
            sounds ? Playback.PLAYING : Playback.STOPPED,
            new Place("", track, 0, Set.of(), PlayOrder.STRAIGHT),
            0);
    return status(moment, Optional.empty(), NOTHING, problem);
  }

  private StreamStatus player(boolean sounds, Track heard, PlayerState player, String problem) {
    return new StreamStatus(
        config.id(),
        config.uri(),
        config.format(),
        config.codec(),
        sounds ? Activity.PLAYING : Activity.IDLE,
        player.playback(),
        player.track().equals(Track.UNKNOWN) ? heard : player.track(),
        player.position(),
        player.positionAtMicros(),
        Optional.empty(),
        player.order(),
        player.can(),
        problem,
        player.details());
  }

  /** An on-demand stream. */
  StreamStatus onDemand(
      long now, Renderer renderer, OnDemandFeed feed, Transport transport, String problem) {
    Playback playback =
        transport.playback() == Playback.PLAYING && !transport.sounds()
            ? Playback.PAUSED
            : transport.playback();
    Moment moment = moment(now, renderer, feed, playback);
    Optional<Track> pending =
        playback == Playback.PLAYING
            ? feed.pending(now).map(Place::track).filter(t -> !t.equals(moment.place().track()))
            : Optional.empty();
    return status(moment, pending, transport.can(moment.place()), problem);
  }

  /**
   * @param place what is audible
   * @param since when it was at that place; it moves on from there if it sounds
   */
  private record Moment(Activity activity, Playback playback, Place place, long since) {}

  private static Moment moment(long now, Renderer renderer, OnDemandFeed feed, Playback playback) {
    Hearing.Entry entry = renderer.hearing().at(now);
    if (playback != Playback.PLAYING) {
      return new Moment(Activity.IDLE, playback, feed.goal(), 0);
    }
    if (feed.clocked()) {
      return new Moment(Activity.PLAYING, playback, feed.goal(), renderer.endMicros());
    }
    if (entry == null || (renderer.asleep() && renderer.resting())) {
      return new Moment(Activity.IDLE, playback, feed.goal(), 0);
    }
    return entry.rest()
        ? new Moment(Activity.IDLE, playback, entry.place(), 0)
        : new Moment(Activity.PLAYING, playback, entry.place(), entry.atMicros());
  }

  private StreamStatus status(
      Moment moment, Optional<Track> pending, Set<TransportCommand.Kind> can, String problem) {
    return new StreamStatus(
        config.id(),
        config.uri(),
        config.format(),
        config.codec(),
        moment.activity(),
        moment.playback(),
        moment.place().track(),
        Duration.ofNanos(moment.place().elapsedMicros() * 1000),
        moment.since(),
        pending,
        moment.place().order(),
        can,
        problem,
        Json.of());
  }
}
