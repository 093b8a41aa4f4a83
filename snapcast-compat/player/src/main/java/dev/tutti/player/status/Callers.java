package dev.tutti.player.status;

import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Takes callers at a door, one after the other, on the thread of whoever asks for it, until the
 * door is closed.
 *
 * @param <C> a caller's connection
 */
public final class Callers<C extends Closeable> {
  private static final System.Logger LOG = System.getLogger(Callers.class.getName());

  /** After one could not be taken (no file handles left), so that it is not tried in a circle. */
  private static final long RESPITE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final String what;
  private final Door<C> door;
  private boolean failing;

  /** Where they come in. */
  public interface Door<C> {
    /** Waits for the next one. */
    C accept() throws IOException;

    boolean isOpen();
  }

  /**
   * @param what they come for, for the log
   */
  public Callers(String what, Door<C> door) {
    this.what = what;
    this.door = door;
  }

  /**
   * Gives each to somebody until the door is closed; what fails before is told once and tried
   * again.
   *
   * @param taker owns the connection, and must not throw
   */
  public void takeAll(Consumer<C> taker) {
    while (door.isOpen()) {
      try {
        C caller = door.accept();
        failing = false;
        taker.accept(caller);
      } catch (IOException e) {
        if (door.isOpen()) {
          complain(e);
          LockSupport.parkNanos(RESPITE_NANOS);
        }
      }
    }
    LOG.log(Level.DEBUG, "nobody is taken any more who comes for {0}", what);
  }

  private void complain(IOException e) {
    if (!failing) {
      failing = true;
      LOG.log(
          Level.WARNING,
          "nobody can be taken who comes for {0}: {1}; it is tried again",
          what,
          e.getMessage());
    }
  }
}
