package dev.tutti.core;

import java.util.ArrayDeque;
import java.util.Deque;

/** What has been started, to be stopped in reverse. Closing twice does no harm. Thread-safe. */
final class StopOrder implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(StopOrder.class.getName());

  private final Deque<AutoCloseable> started = new ArrayDeque<>();

  /** Puts a part on top and returns it. */
  synchronized <T extends AutoCloseable> T add(T part) {
    started.push(part);
    return part;
  }

  @Override
  public synchronized void close() {
    while (!started.isEmpty()) {
      AutoCloseable part = started.pop();
      try {
        part.close();
      } catch (Exception e) {
        LOG.log(
            System.Logger.Level.WARNING,
            "a part did not stop cleanly: " + part.getClass().getSimpleName(),
            e);
      }
    }
  }
}
