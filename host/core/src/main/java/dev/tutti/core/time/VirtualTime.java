package dev.tutti.core.time;

import dev.tutti.api.Clock;
import dev.tutti.api.Registration;
import java.time.Duration;
import java.util.Comparator;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Time that stands still until somebody moves it. Tasks run one after the other on the thread that
 * moves it, ordered by instant, then by the order in which they were asked for: the same calls give
 * the same run. Any thread may read the clock and add tasks; one at a time moves it.
 */
public final class VirtualTime implements Clock, Timers {
  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(
          Comparator.comparingLong((Task t) -> t.atMicros).thenComparingLong(t -> t.number));
  private long nowMicros;
  private long count;

  public VirtualTime() {
    this(0);
  }

  public VirtualTime(long startMicros) {
    nowMicros = startMicros;
  }

  @Override
  public Clock clock() {
    return this;
  }

  @Override
  public synchronized long nowMicros() {
    return nowMicros;
  }

  @Override
  public synchronized Registration at(long atMicros, String name, Runnable work) {
    Task task = new Task(Math.max(atMicros, nowMicros), count++, work);
    tasks.add(task);
    return () -> drop(task);
  }

  @Override
  public void start(String name, Runnable task) {
    var _ = at(Long.MIN_VALUE, name, task);
  }

  /** Moves on by a duration, running on the way what becomes due. */
  public void run(Duration duration) {
    runUntil(nowMicros() + duration.toNanos() / 1000);
  }

  /** Moves on to an instant, running on the way what becomes due, up to and including then. */
  public void runUntil(long untilMicros) {
    Task next = poll(untilMicros);
    while (next != null) {
      next.work.run();
      next = poll(untilMicros);
    }
    advance(untilMicros);
  }

  /** When the next task is due; empty if none waits. */
  public synchronized OptionalLong nextMicros() {
    Task next = tasks.peek();
    return next == null ? OptionalLong.empty() : OptionalLong.of(next.atMicros);
  }

  /** How many tasks wait. */
  public synchronized int pending() {
    return tasks.size();
  }

  private synchronized @Nullable Task poll(long untilMicros) {
    Task next = tasks.peek();
    if (next == null || next.atMicros > untilMicros) {
      return null;
    }
    tasks.poll();
    nowMicros = next.atMicros;
    return next;
  }

  private synchronized void advance(long untilMicros) {
    nowMicros = Math.max(nowMicros, untilMicros);
  }

  private synchronized void drop(Task task) {
    tasks.remove(task);
  }

  private record Task(long atMicros, long number, Runnable work) {}
}
