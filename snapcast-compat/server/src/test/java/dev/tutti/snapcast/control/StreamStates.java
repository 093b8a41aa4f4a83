package dev.tutti.snapcast.control;

import dev.tutti.api.audio.PlayOrder;
import dev.tutti.api.audio.Track;
import dev.tutti.api.stream.StreamStatus;
import dev.tutti.api.stream.StreamStatus.Activity;
import dev.tutti.api.stream.StreamStatus.Playback;
import dev.tutti.api.stream.TransportCommand.Kind;
import java.time.Duration;
import java.util.Set;

/** A status with one thing changed. */
final class StreamStates {
  private StreamStates() {}

  static StreamStatus activity(StreamStatus s, Activity activity) {
    return with(s, activity, s.playback(), s.track(), s.order(), s.can());
  }

  static StreamStatus playback(StreamStatus s, Playback playback) {
    return with(s, s.activity(), playback, s.track(), s.order(), s.can());
  }

  static StreamStatus track(StreamStatus s, Track track) {
    return with(s, s.activity(), s.playback(), track, s.order(), s.can());
  }

  static StreamStatus order(StreamStatus s, PlayOrder order) {
    return with(s, s.activity(), s.playback(), s.track(), order, s.can());
  }

  static StreamStatus can(StreamStatus s, Set<Kind> can) {
    return with(s, s.activity(), s.playback(), s.track(), s.order(), can);
  }

  private static StreamStatus with(
      StreamStatus s,
      Activity activity,
      Playback playback,
      Track track,
      PlayOrder order,
      Set<Kind> can) {
    return new StreamStatus(
        s.id(),
        s.uri(),
        s.format(),
        s.codec(),
        activity,
        playback,
        track,
        s.position(),
        s.positionAtMicros(),
        s.pending(),
        order,
        can,
        s.problem(),
        s.details());
  }

  static StreamStatus position(StreamStatus s, Duration position, long atMicros) {
    return new StreamStatus(
        s.id(),
        s.uri(),
        s.format(),
        s.codec(),
        s.activity(),
        s.playback(),
        s.track(),
        position,
        atMicros,
        s.pending(),
        s.order(),
        s.can(),
        s.problem(),
        s.details());
  }
}
