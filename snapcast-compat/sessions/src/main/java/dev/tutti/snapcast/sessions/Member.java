package dev.tutti.snapcast.sessions;

import dev.tutti.snapcast.protocol.Hello;
import dev.tutti.snapcast.protocol.PlayerExtension;
import dev.tutti.snapcast.protocol.ServerExtension;
import dev.tutti.snapcast.protocol.ServerSettings;
import java.util.Optional;

/**
 * Who a session is, once it has said so, and what the house has decided for it.
 *
 * @param bufferMicros from capture to being heard
 * @param ahead how it is to be sent chunks that are not due yet; empty if it is not
 * @param sinceMicros when it said Hello
 */
record Member(
    String clientId,
    Hello hello,
    Place place,
    long bufferMicros,
    Optional<PlayerExtension> ahead,
    long sinceMicros) {
  Member with(Place place) {
    return new Member(clientId, hello, place, bufferMicros, ahead, sinceMicros);
  }

  /**
   * What it is told of that.
   *
   * @param reached whether it is to be heard for now even if it is muted
   * @param beyond what it is told beyond Snapcast
   */
  ServerSettings settings(boolean reached, Optional<ServerExtension> beyond) {
    return new ServerSettings(
        (int) (bufferMicros / 1000),
        place.latencyMs(),
        place.muted() && !reached,
        place.volumePercent(),
        beyond);
  }

  /** How far ahead it is sent chunks; 0 if only when they are due. */
  long depthMicros() {
    return ahead.map(e -> e.depthMs() * 1000L).orElse(0L);
  }

  /** The program and its version, as it calls itself. */
  String software() {
    return (hello.clientName() + " " + hello.programVersion()).strip();
  }
}
