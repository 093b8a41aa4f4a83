package dev.tutti.core.plugins;

import dev.tutti.api.Registration;
import dev.tutti.api.Schedule;
import dev.tutti.core.time.Timers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One plugin's timers and threads. */
final class PluginSchedule implements Schedule {
  private final LiveScope scope;
  private final Timers timers;

  PluginSchedule(LiveScope scope, Timers timers) {
    this.scope = scope;
    this.timers = timers;
  }

  @Override
  public Registration after(Duration delay, Runnable task) {
    return begin(delay, null, task);
  }

  @Override
  public Registration every(Duration period, Runnable task) {
    if (!period.isPositive()) {
      throw new IllegalArgumentException("a period must be longer than nothing, not " + period);
    }
    return begin(period, period, task);
  }

  private Registration begin(Duration delay, @Nullable Duration period, Runnable task) {
    scope.checkOpen();
    Timer timer = new Timer(period, task);
    timer.registration = scope.register("timer", timer::cancel);
    timer.scheduleAt(timers.clock().nowMicros() + micros(delay));
    return timer::end;
  }

  @Override
  public Thread thread(String name, Runnable task) {
    scope.checkOpen();
    Thread thread =
        Thread.ofPlatform()
            .name("plugin-" + scope.pluginId() + "-" + name)
            .daemon(true)
            .inheritInheritableThreadLocals(false)
            .unstarted(() -> run(name, task));
    thread.setContextClassLoader(scope.loader());
    scope.start(thread);
    return thread;
  }

  private void run(String name, Runnable task) {
    try {
      scope.guard("the thread '" + name + "'", task);
    } finally {
      scope.disown(Thread.currentThread());
    }
  }

  private static long micros(Duration duration) {
    return Math.max(0, duration.toNanos() / 1000);
  }

  /** Ends by itself after one run, unless it has a period. */
  private final class Timer {
    private final @Nullable Duration period;
    private final Runnable task;
    private volatile Registration registration = () -> {};
    private @Nullable Registration pending;
    private boolean cancelled;

    Timer(@Nullable Duration period, Runnable task) {
      this.period = period;
      this.task = task;
    }

    synchronized void scheduleAt(long atMicros) {
      if (!cancelled) {
        pending = timers.at(atMicros, "plugin-" + scope.pluginId() + "-timer", this::fire);
      }
    }

    private void fire() {
      if (scope.draining()) {
        return;
      }
      long startedMicros = timers.clock().nowMicros();
      Duration again = period;
      if (again == null) {
        end();
      }
      scope.track(() -> scope.guard("a timer", task));
      if (again != null) {
        scheduleAt(startedMicros + micros(again));
      }
    }

    /** Takes it off the scope, which cancels it. */
    void end() {
      registration.close();
    }

    synchronized void cancel() {
      cancelled = true;
      Registration waiting = pending;
      if (waiting != null) {
        waiting.close();
      }
    }
  }
}
