package dev.tutti.api.stream;

import dev.tutti.api.audio.PlayOrder;
import dev.tutti.api.audio.SampleFormat;
import dev.tutti.api.audio.SourceUri;
import dev.tutti.api.audio.Track;
import dev.tutti.api.json.Json;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * A stream as listeners hear it now, with what is commanded but not yet heard beside it.
 *
 * @param id its name, any text
 * @param uri the configured source
 * @param codec codec and options listeners get, as Snapcast writes them: {@code flac}, {@code
 *     opus:BITRATE:128000}
 * @param activity whether there is sound
 * @param playback what a transport shows
 * @param track what is audible
 * @param position how far into the track, at {@code positionAtMicros} of the server clock
 * @param positionAtMicros the instant position was true at; while playing, position runs on from
 *     there
 * @param pending the track that is commanded but not yet heard
 * @param can the commands it takes
 * @param problem one sentence if its source fails, or empty
 * @param details what else its player says, see {@link dev.tutti.api.audio.PlayerState#details}; or
 *     {@code Json.of()}
 */
public record StreamStatus(
    String id,
    SourceUri uri,
    SampleFormat format,
    String codec,
    Activity activity,
    Playback playback,
    Track track,
    Duration position,
    long positionAtMicros,
    Optional<Track> pending,
    PlayOrder order,
    Set<TransportCommand.Kind> can,
    String problem,
    Json.Obj details) {
  public StreamStatus {
    can = Set.copyOf(can);
  }

  /** Whether there is sound on the stream. Snapcast's words {@code idle} and {@code playing}. */
  public enum Activity {
    IDLE,
    PLAYING
  }

  /** What a transport shows. */
  public enum Playback {
    PLAYING,
    PAUSED,
    STOPPED
  }

  /** Whether one can listen to it; codec {@code null} makes it but an input of other streams. */
  public boolean audible() {
    return !codec.equals("null");
  }

  /** The same with or without sound. */
  public StreamStatus withActivity(Activity other) {
    return new StreamStatus(
        id,
        uri,
        format,
        codec,
        other,
        playback,
        track,
        position,
        positionAtMicros,
        pending,
        order,
        can,
        problem,
        details);
  }

  /** Where in the track listeners are at an instant of the server clock. */
  public Duration positionAt(long micros) {
    return playback == Playback.PLAYING && activity == Activity.PLAYING
        ? position.plusNanos(Math.max(0, micros - positionAtMicros) * 1000)
        : position;
  }
}
