package dev.tutti.api.audio;

import dev.tutti.api.stream.TransportCommand;
import java.util.function.Consumer;

/**
 * A live source with a player behind it that says what it does and takes commands, such as one that
 * a control script speaks for. What it captured is not taken back: a command is heard when the
 * player's audio has arrived.
 */
public interface PlayerSource extends LiveSource {
  /**
   * Sets whom to tell how the player is, at once and at each change. Called once, before {@link
   * #capture}; the listener may be called from any thread and returns at once.
   */
  void onChange(Consumer<PlayerState> listener);

  /**
   * Gives the player a command. Called on a thread of its own, one command at a time, while {@link
   * #capture} runs; may wait for the answer, up to five seconds.
   *
   * @throws Exception with a sentence for the user if the player does not do it
   */
  void command(TransportCommand command) throws Exception;
}
