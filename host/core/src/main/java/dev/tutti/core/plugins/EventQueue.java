package dev.tutti.core.plugins;

import dev.tutti.core.time.Timers;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Calls into one plugin, one at a time, in order, on a thread that exists while there are any.
 * Thread-safe.
 */
final class EventQueue {
  static final int MAX_EVENTS = 10_000;

  private final LiveScope scope;
  private final Timers timers;
  private final AtomicLong lost = new AtomicLong();

  // Guarded by this.
  private final Deque<Event> events = new ArrayDeque<>();
  private boolean draining;
  private boolean overflowing;

  EventQueue(LiveScope scope, Timers timers) {
    this.scope = scope;
    this.timers = timers;
  }

  /** How many events were dropped because the plugin was too far behind. */
  long lost() {
    return lost.get();
  }

  void add(String what, Runnable call) {
    switch (put(new Event(what, call))) {
      case QUEUED -> {}
      case FIRST -> timers.start("plugin-" + scope.pluginId() + "-events", this::drain);
      case DROPPED ->
          scope.log().log(
              Level.WARNING,
              "is more than %d events behind (next: %s); some are dropped"
                  .formatted(MAX_EVENTS, what));
      case DROPPED_AGAIN -> {}
    }
  }

  private enum Put {
    QUEUED,
    FIRST,
    DROPPED,
    DROPPED_AGAIN
  }

  private synchronized Put put(Event event) {
    if (events.size() >= MAX_EVENTS) {
      lost.incrementAndGet();
      boolean first = !overflowing;
      overflowing = true;
      return first ? Put.DROPPED : Put.DROPPED_AGAIN;
    }
    events.add(event);
    if (draining) {
      return Put.QUEUED;
    }
    draining = true;
    return Put.FIRST;
  }

  private void drain() {
    scope.track(() -> {
      Event event = next();
      while (event != null) {
        scope.guard(event.what, event.call);
        event = next();
      }
      scope.somethingEnded();
    });
  }

  private synchronized @Nullable Event next() {
    Event event = scope.closed() ? null : events.poll();
    if (event == null) {
      draining = false;
      overflowing = false;
    }
    return event;
  }

  /** Whether nothing waits or is being told. */
  synchronized boolean idle() {
    return events.isEmpty() && !draining;
  }

  /** Drops what waits. */
  synchronized void clear() {
    events.clear();
  }

  private record Event(String what, Runnable call) {}
}
