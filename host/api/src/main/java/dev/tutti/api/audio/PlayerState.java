package dev.tutti.api.audio;

import dev.tutti.api.json.Json;
import dev.tutti.api.stream.StreamStatus.Playback;
import dev.tutti.api.stream.TransportCommand;
import java.time.Duration;
import java.util.Set;

/**
 * What the player behind a live source says of itself.
 *
 * @param track what it plays; {@link Track#UNKNOWN} if it does not say
 * @param position how far into the track, at {@code positionAtMicros} of the server clock
 * @param can the commands it takes
 * @param details what else it says, under the names of Snapcast's stream properties: {@code
 *     volume}, {@code mute}, {@code rate}, and in an object {@code metadata} what {@link Track} has
 *     no place for
 */
public record PlayerState(
    Playback playback,
    Track track,
    Duration position,
    long positionAtMicros,
    PlayOrder order,
    Set<TransportCommand.Kind> can,
    Json.Obj details) {
  public PlayerState {
    can = Set.copyOf(can);
  }
}
