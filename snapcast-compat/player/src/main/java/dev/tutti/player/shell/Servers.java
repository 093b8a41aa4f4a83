package dev.tutti.player.shell;

import java.io.IOException;

/** Says where to try next. For the I/O thread; may block for seconds. */
@FunctionalInterface
public interface Servers {
  /**
   * The server to try, the first or the one after the last that failed.
   *
   * @throws IOException if none is known; a sentence that says so
   */
  ServerAddress next() throws IOException;

  /** The server that was named last serves us. What {@link #next} says then is where to go on. */
  default void served() {}
}
