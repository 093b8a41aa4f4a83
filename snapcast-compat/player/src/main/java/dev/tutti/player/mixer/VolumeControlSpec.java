package dev.tutti.player.mixer;

import java.io.IOException;

/** Opens a control. Any thread. */
@FunctionalInterface
public interface VolumeControlSpec {
  /**
   * Opens it.
   *
   * @throws IOException if that is not possible; a sentence that says which, why, what to do
   */
  VolumeControl open() throws IOException;
}
