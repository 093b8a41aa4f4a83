package dev.tutti.core.time;

import dev.tutti.api.Clock;
import dev.tutti.api.Registration;

/**
 * When and where work of the host and its plugins runs. {@link SystemTimers} does it for real,
 * {@link VirtualTime} in tests. Thread-safe.
 */
public interface Timers {
  /** The clock these timers go by. */
  Clock clock();

  /**
   * Runs a task once, as soon as the clock has reached the instant, never inside this call. Closing
   * the registration before that drops the task; a task that has begun goes on.
   *
   * @param atMicros on {@link #clock()}; an instant that has passed means now
   * @param name of the thread, where the task gets one of its own
   * @param task may block; catches its own exceptions
   */
  Registration at(long atMicros, String name, Runnable task);

  /** Runs a task now, but not inside this call. The rules of {@link #at} hold. */
  void start(String name, Runnable task);
}
