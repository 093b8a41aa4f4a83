package dev.tutti.player.output;

import java.io.IOException;

/** What is played has no place to go any more, and trying again does not help. */
public final class OutputGoneException extends IOException {
  private static final long serialVersionUID = 1;

  /**
   * @param message a sentence for the user
   */
  public OutputGoneException(String message, IOException cause) {
    super(message, cause);
  }
}
