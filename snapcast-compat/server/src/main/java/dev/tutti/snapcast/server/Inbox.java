package dev.tutti.snapcast.server;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * What other threads want a thread to do. Lock-free; any thread posts, one runs. What a task throws
 * is the runner's to log.
 */
final class Inbox {
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private final Runnable wake;

  /**
   * @param wake wakes the thread that runs the tasks
   */
  Inbox(Runnable wake) {
    this.wake = wake;
  }

  void post(Runnable task) {
    tasks.add(task);
    wake.run();
  }

  /** Has something done when the thread wakes up for another reason. */
  void postQuietly(Runnable task) {
    tasks.add(task);
  }

  boolean isEmpty() {
    return tasks.isEmpty();
  }

  void run() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }
}
