package dev.tutti.core.state;

import dev.tutti.core.time.Timers;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Brings content to a file, and keeps trying when the disk refuses: the trouble is logged once, the
 * newest content is kept in memory and tried again until it is stored. Thread-safe; {@link #save}
 * and {@link #close} block on the disk, {@link #saveLater} does not.
 */
public final class StateSaver implements AutoCloseable {
  private static final Logger LOG = System.getLogger(StateSaver.class.getName());
  private static final long FIRST_RETRY_MICROS = 1_000_000;
  private static final long LAST_RETRY_MICROS = 30_000_000;

  private final StateFile file;
  private final Timers timers;
  private final ReentrantLock writing = new ReentrantLock();
  private final Object pendingLock = new Object();

  private @Nullable Content pending;
  private boolean scheduled;
  private boolean closed;
  private long retryMicros;

  public StateSaver(StateFile file, Timers timers) {
    this.file = file;
    this.timers = timers;
  }

  /**
   * Stores content now.
   *
   * @return false if the disk refused; it was logged and will be tried again
   */
  public boolean save(byte[] content) {
    hold(content);
    return flush();
  }

  /** Stores content soon, on another thread; of several in quick succession only the newest. */
  public void saveLater(byte[] content) {
    hold(content);
    schedule(0);
  }

  /** Whether everything handed over is on the disk. */
  public boolean clean() {
    synchronized (pendingLock) {
      return pending == null;
    }
  }

  /** Tries a last time to store what is not stored, and stops trying. */
  @Override
  public void close() {
    boolean stored = flush();
    synchronized (pendingLock) {
      closed = true;
    }
    if (!stored) {
      LOG.log(Level.ERROR, "the last changes of " + file.path() + " are lost: it never got stored");
    }
  }

  private void hold(byte[] content) {
    synchronized (pendingLock) {
      pending = new Content(content);
    }
  }

  private void schedule(long inMicros) {
    synchronized (pendingLock) {
      if (scheduled || closed) {
        return;
      }
      scheduled = true;
      var _ = timers.at(timers.clock().nowMicros() + inMicros, "state-saver", this::retry);
    }
  }

  private void retry() {
    synchronized (pendingLock) {
      scheduled = false;
      if (closed) {
        return;
      }
    }
    flush();
  }

  private boolean flush() {
    writing.lock();
    try {
      Content content = newest();
      if (content == null) {
        return true;
      }
      try {
        file.write(content.bytes);
        stored(content);
        return true;
      } catch (IOException refused) {
        failed(refused);
        return false;
      }
    } finally {
      writing.unlock();
    }
  }

  private @Nullable Content newest() {
    synchronized (pendingLock) {
      return pending;
    }
  }

  private void stored(Content content) {
    synchronized (pendingLock) {
      if (content.equals(pending)) {
        pending = null;
      }
    }
    if (retryMicros > 0) {
      LOG.log(Level.INFO, file.path() + " is stored again; nothing was lost");
      retryMicros = 0;
    }
  }

  private void failed(IOException why) {
    if (retryMicros == 0) {
      LOG.log(
          Level.ERROR,
          "cannot store "
              + file.path()
              + " ("
              + why
              + "); it goes on in memory and is tried again: free some space or make the folder"
              + " writable");
    }
    retryMicros =
        retryMicros == 0 ? FIRST_RETRY_MICROS : Math.min(retryMicros * 2, LAST_RETRY_MICROS);
    schedule(retryMicros);
  }

  /** Compared by identity: the same bytes handed over twice are two. */
  private static final class Content {
    final byte[] bytes;

    Content(byte[] bytes) {
      this.bytes = bytes;
    }
  }
}
