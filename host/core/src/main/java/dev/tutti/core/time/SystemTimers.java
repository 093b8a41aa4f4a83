package dev.tutti.core.time;

import dev.tutti.api.Clock;
import dev.tutti.api.Registration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Timers on the system clock. One platform thread, {@code timers}, waits; each task gets a virtual
 * thread of its own, so that one that blocks delays nobody.
 */
public final class SystemTimers implements Timers, AutoCloseable {
  private final Clock clock;
  private final ScheduledThreadPoolExecutor waiting;

  public SystemTimers(Clock clock) {
    this.clock = clock;
    waiting =
        new ScheduledThreadPoolExecutor(
            1,
            Thread.ofPlatform()
                .name("timers")
                .daemon(true)
                .inheritInheritableThreadLocals(false)
                .factory());
    waiting.setRemoveOnCancelPolicy(true);
    // Started here, by the host: a thread started from a plugin's call would keep that plugin's
    // class loader for ever.
    waiting.prestartAllCoreThreads();
  }

  @Override
  public Clock clock() {
    return clock;
  }

  @Override
  public Registration at(long atMicros, String name, Runnable task) {
    try {
      Future<?> pending =
          waiting.schedule(
              () -> start(name, task), atMicros - clock.nowMicros(), TimeUnit.MICROSECONDS);
      return () -> pending.cancel(false);
    } catch (RejectedExecutionException closed) {
      return () -> {};
    }
  }

  @Override
  public void start(String name, Runnable task) {
    // Nothing is inherited: the caller may be a plugin's thread, and its class loader must not
    // live on in the host's.
    Thread.ofVirtual().name(name).inheritInheritableThreadLocals(false).start(task);
  }

  /** How many tasks wait for their instant. */
  public int pending() {
    return waiting.getQueue().size();
  }

  /** Drops what has not begun. Later calls of {@link #at} do nothing. */
  @Override
  public void close() {
    waiting.shutdownNow();
  }
}
