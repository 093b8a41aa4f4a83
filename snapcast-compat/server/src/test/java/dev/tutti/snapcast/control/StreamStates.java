package dev.tutti.snapcast.control;

import dev.tutti.api.audio.PlayOrder;
import dev.tutti.api.audio.SampleFormat;
import dev.tutti.api.audio.SourceUri;
import dev.tutti.api.audio.Track;
import dev.tutti.api.json.Json;
import dev.tutti.api.stream.StreamStatus;
import dev.tutti.api.stream.StreamStatus.Activity;
import dev.tutti.api.stream.StreamStatus.Playback;
import dev.tutti.api.stream.TransportCommand.Kind;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;

/** A status with something changed. */
final class StreamStates {
  private StreamStates() {}

  static StreamStatus activity(StreamStatus s, Activity activity) {
    return s.withActivity(activity);
  }

  static StreamStatus playback(StreamStatus s, Playback playback) {
    return with(s, draft -> draft.playback = playback);
  }

  static StreamStatus track(StreamStatus s, Track track) {
    return with(s, draft -> draft.track = track);
  }

  static StreamStatus order(StreamStatus s, PlayOrder order) {
    return with(s, draft -> draft.order = order);
  }

  static StreamStatus can(StreamStatus s, Set<Kind> can) {
    return with(s, draft -> draft.can = can);
  }

  static StreamStatus position(StreamStatus s, Duration position, long atMicros) {
    return with(
        s,
        draft -> {
          draft.position = position;
          draft.positionAtMicros = atMicros;
        });
  }

  static StreamStatus source(StreamStatus s, SourceUri uri, SampleFormat format, String codec) {
    return with(
        s,
        draft -> {
          draft.uri = uri;
          draft.format = format;
          draft.codec = codec;
        });
  }

  static StreamStatus details(StreamStatus s, Json.Obj details) {
    return with(s, draft -> draft.details = details);
  }

  private static StreamStatus with(StreamStatus s, Consumer<Draft> change) {
    Draft draft = new Draft(s);
    change.accept(draft);
    return new StreamStatus(
        s.id(),
        draft.uri,
        draft.format,
        draft.codec,
        s.activity(),
        draft.playback,
        draft.track,
        draft.position,
        draft.positionAtMicros,
        s.pending(),
        draft.order,
        draft.can,
        s.problem(),
        draft.details);
  }

  private static final class Draft {
    SourceUri uri;
    SampleFormat format;
    String codec;
    Playback playback;
    Track track;
    Duration position;
    long positionAtMicros;
    PlayOrder order;
    Set<Kind> can;
    Json.Obj details;

    Draft(StreamStatus s) {
      uri = s.uri();
      format = s.format();
      codec = s.codec();
      playback = s.playback();
      track = s.track();
      position = s.position();
      positionAtMicros = s.positionAtMicros();
      order = s.order();
      can = s.can();
      details = s.details();
    }
  }
}
