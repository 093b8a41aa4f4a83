package dev.tutti.fallback;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A number that grows with every change, and that can be waited for. Thread-safe. */
final class Revision implements AutoCloseable {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private long number;
  private boolean closed;

  /**
   * @param first another one at each start, so that nobody takes an old number for a new one
   */
  Revision(long first) {
    number = first;
  }

  long now() {
    lock.lock();
    try {
      return number;
    } finally {
      lock.unlock();
    }
  }

  void grow() {
    lock.lock();
    try {
      number++;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits while the number is still this one.
   *
   * @return the number
   */
  long awaitOtherThan(long known, Duration patience) throws InterruptedException {
    lock.lock();
    try {
      long left = patience.toNanos();
      while (number == known && left > 0 && !closed) {
        left = changed.awaitNanos(left);
      }
      return number;
    } finally {
      lock.unlock();
    }
  }

  /** Lets go of whoever waits. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
