package dev.tutti.api.audio;

import dev.tutti.api.stream.TransportCommand;
import java.util.Optional;
import java.util.Set;

/**
 * An on-demand source with places to go: tracks, an order, a position. The host keeps the commanded
 * position as a token and asks for the next one from there, so that two quick {@code next} skip two
 * tracks although not one of them is heard yet.
 */
public interface Navigable extends OnDemandSource {
  /** What a listener may ask of this source now. MAY change from track to track. */
  Set<TransportCommand.Kind> can();

  /**
   * Where a command leads, seen from a token. Does not move the source. A change of order or of the
   * repeat mode is remembered by the source and MAY answer the token it was given. {@code Play} is
   * asked only where {@link #read} said that nothing more will come: it leads back to a place with
   * sound. {@code Pause} and {@code Stop} are the host's own and never asked.
   *
   * @param from a token, usually one that is not yet heard
   * @return the token to go to, or empty if there is no such place (the end of a list without
   *     repeat)
   * @throws Exception with a readable sentence if the command cannot be done
   */
  Optional<String> navigate(String from, TransportCommand command) throws Exception;

  /** Shuffle and repeat as they are now. */
  default PlayOrder order() {
    return PlayOrder.STRAIGHT;
  }

  /**
   * Told when listeners hear a new place: at track changes, pauses, and every few seconds. MAY
   * persist it.
   */
  default void heard(String token) {}
}
