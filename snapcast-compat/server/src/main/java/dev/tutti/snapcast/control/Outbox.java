package dev.tutti.snapcast.control;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What waits to be written to one controller, bounded. Filled by any thread, emptied by one. */
final class Outbox {
  /** Bytes a controller may be behind; one message is always let in, however long. */
  static final int MAX_WAITING_BYTES = 4 * 1024 * 1024;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<byte[]> waiting = new ArrayDeque<>();
  private long waitingBytes;
  private boolean complete;

  /**
   * Never blocks.
   *
   * @return false if too much is waiting already; the message is not taken
   */
  boolean offer(String text) {
    byte[] line = (text + "\r\n").getBytes(StandardCharsets.UTF_8);
    lock.lock();
    try {
      if (!waiting.isEmpty() && waitingBytes + line.length > MAX_WAITING_BYTES) {
        return false;
      }
      waiting.add(line);
      waitingBytes += line.length;
      changed.signal();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Nothing will follow. */
  void complete() {
    lock.lock();
    try {
      complete = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for the next message; null after the last one. */
  byte @Nullable [] take() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (waiting.isEmpty() && !complete) {
        changed.await();
      }
      byte[] next = waiting.poll();
      if (next != null) {
        waitingBytes -= next.length;
      }
      return next;
    } finally {
      lock.unlock();
    }
  }
}
