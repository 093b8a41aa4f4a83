package dev.tutti.core.streams;

import java.util.function.BooleanSupplier;

/** Gives sources threads of their own; in virtual time, turns on the test's thread. */
public interface SourceExecutor {
  /**
   * Opens a lane for one source.
   *
   * @param name of its thread
   * @param loader the class loader of the plugin whose code will run on it
   */
  Lane lane(String name, ClassLoader loader);

  /** Where the code of one source runs: task after task, never two at a time. Thread-safe. */
  interface Lane {
    /** Queues a task. Does not wait. Tasks given after {@link #abandon} are dropped. */
    void execute(Runnable task);

    /**
     * Queues a task that captures: it may wait for audio, or for room, as long as it likes.
     *
     * @param room whether it could go on at once, if it waits for room
     */
    default void capture(Runnable task, BooleanSupplier room) {
      execute(task);
    }

    /**
     * Drops what has not begun, interrupts what has, runs one last task after it (unless it never
     * returns), and ends. Does not wait.
     */
    void abandon(Runnable last);
  }
}
