package dev.tutti.player.mixer;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/** Something that has a volume. For the mixer's thread, except {@link #wake}. */
public interface VolumeControl extends Closeable {
  /**
   * Sets the volume; may take seconds.
   *
   * @throws IOException if it is no longer there; a sentence that says so
   */
  void set(Volume volume) throws IOException, InterruptedException;

  /**
   * Waits until somebody else has changed the volume, or until woken.
   *
   * @return the volume, if it was changed
   * @throws IOException if it is no longer there; a sentence that says so
   */
  Optional<Volume> awaitChange() throws IOException, InterruptedException;

  /** Ends a wait, or the next one. Any thread. */
  void wake();

  @Override
  void close();
}
