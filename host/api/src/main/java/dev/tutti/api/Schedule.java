package dev.tutti.api;

import java.time.Duration;

/** Timers and threads that belong to one plugin and end with it. Thread-safe. */
public interface Schedule {
  /**
   * Runs a task once, after the delay, on a virtual thread of the plugin. What it throws is logged
   * with the plugin's id.
   */
  Registration after(Duration delay, Runnable task);

  /**
   * Runs a task again and again. The next run starts {@code period} after the last one started, or
   * at once if that one took longer; two runs never overlap.
   */
  Registration every(Duration period, Runnable task);

  /**
   * Starts a platform thread of the plugin, for work that blocks. It is interrupted when the plugin
   * stops; a thread that is still alive after the deadline is named in the log and abandoned.
   *
   * @param name shown in thread dumps after the plugin's id
   */
  Thread thread(String name, Runnable task);
}
