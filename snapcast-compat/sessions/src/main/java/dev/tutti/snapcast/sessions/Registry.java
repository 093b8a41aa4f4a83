package dev.tutti.snapcast.sessions;

import dev.tutti.snapcast.protocol.ErrorMessage;
import dev.tutti.snapcast.protocol.ServerExtension;
import java.util.Optional;

/**
 * What sessions need of the house. Called by the thread that steps the sessions; must not block.
 */
public interface Registry {
  /**
   * Whether somebody who says Hello may come in at all.
   *
   * @return why not, for it to be told; empty if it may
   */
  default Optional<ErrorMessage> refusal(Arrival arrival) {
    return Optional.empty();
  }

  /**
   * A client has connected, or says again who it is.
   *
   * @return its place, or empty if it is refused
   */
  Optional<Place> arrived(Arrival arrival);

  /**
   * How long a buffer a client has, if the house says something of its kind.
   *
   * @param standardMs what it has otherwise
   */
  default int bufferMs(Arrival arrival, int standardMs) {
    return standardMs;
  }

  /** What clients that announce that they speak more than Snapcast are answered; may be nothing. */
  default Optional<ServerExtension> extension() {
    return Optional.empty();
  }

  /**
   * A client's volume was changed at the device itself.
   *
   * @return its place with that change, or empty if it is not known any more
   */
  Optional<Place> volumeReported(String clientId, int volumePercent, boolean muted);

  /** A client gave a sign of life; told about once a second. */
  void seen(String clientId);

  /** A client's last session has ended. */
  void departed(String clientId);

  /**
   * Several devices use one id, or no longer do.
   *
   * @param sentence what the user should change; empty when it is settled
   */
  void conflict(String clientId, String sentence);
}
