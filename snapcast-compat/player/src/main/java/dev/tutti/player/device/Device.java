package dev.tutti.player.device;

import dev.tutti.player.status.PlayerStatus;
import java.io.IOException;
import java.nio.file.Path;

/** A running player, as its doors see it. Any thread; only {@link #own} may block for long. */
public interface Device {
  /** How it does. */
  PlayerStatus status();

  /** What servers know it by. */
  String id();

  /** Plays the stream, or the fallback where that has failed. */
  void play();

  /** Is silent, and stays connected. */
  void stop();

  /** Whether it was told to stop. */
  boolean isStopped();

  /**
   * Sets the volume here and at the server, now or once there is one.
   *
   * @param percent 0 to 100
   */
  void volume(int percent);

  /** Whether anything is to be played when the server is gone. */
  boolean wantsFallback();

  /** Whether there is something to play then. */
  boolean hasFallback();

  /** Whether that is what all rooms have, so that this one stays in step with them. */
  boolean isInStep();

  /**
   * Takes in a file as this room's own fallback, in the place of what the server gave to all.
   *
   * @param file which is moved away
   * @return its length in seconds
   * @throws dev.tutti.audio.codec.UnreadableAudio if it cannot be played; then all is as before
   * @throws IOException if it cannot be kept
   */
  double own(Path file) throws IOException;

  /** Gives up this room's own fallback for what the server gave; false if there is none. */
  boolean giveUpOwn() throws IOException;
}
