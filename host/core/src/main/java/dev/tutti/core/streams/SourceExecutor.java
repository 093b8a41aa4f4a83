package dev.tutti.core.streams;

/** Gives sources threads of their own; in virtual time, turns on the test's thread. */
public interface SourceExecutor {
  /** Opens a lane for one source. */
  Lane lane(String name);

  /** Where the code of one source runs: task after task, never two at a time. */
  interface Lane {
    /** Queues a task. Does not wait. Tasks given after {@link #abandon} are dropped. */
    void execute(Runnable task);

    /**
     * Drops what has not begun, interrupts what has, runs one last task after it (unless it never
     * returns), and ends. Does not wait.
     */
    void abandon(Runnable last);
  }
}
