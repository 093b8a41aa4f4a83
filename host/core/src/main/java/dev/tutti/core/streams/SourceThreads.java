package dev.tutti.core.streams;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Runs each source on a platform thread of its own, named {@code source-STREAM}. */
public final class SourceThreads implements SourceExecutor {
  @Override
  public Lane lane(String name, ClassLoader loader) {
    ThreadLane lane = new ThreadLane();
    Thread thread =
        Thread.ofPlatform().name("source-" + name).daemon(true).unstarted(lane::runTasks);
    thread.setContextClassLoader(loader);
    lane.thread = thread;
    thread.start();
    return lane;
  }

  private static final class ThreadLane implements Lane {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private @Nullable Thread thread;
    private boolean ending;

    @Override
    public void execute(Runnable task) {
      lock.lock();
      try {
        if (!ending) {
          tasks.add(task);
          changed.signal();
        }
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void abandon(Runnable last) {
      lock.lock();
      try {
        if (ending) {
          return;
        }
        ending = true;
        tasks.clear();
        tasks.add(last);
        changed.signal();
        if (thread != null) {
          thread.interrupt();
        }
      } finally {
        lock.unlock();
      }
    }

    private void runTasks() {
      for (Runnable task = next(); task != null; task = next()) {
        task.run();
      }
    }

    /** Waits for a task; null at the end. */
    private @Nullable Runnable next() {
      lock.lock();
      try {
        while (tasks.isEmpty() && !ending) {
          changed.awaitUninterruptibly();
        }
        // An interrupt was meant for the task before; the last one is to work undisturbed.
        Thread.interrupted();
        return tasks.poll();
      } finally {
        lock.unlock();
      }
    }
  }
}
