package dev.tutti.player.lab;

import java.util.PriorityQueue;

/** What happens when, one after the other; the same calls give the same run. For one thread. */
public final class Events {
  private record Event(double atMicros, long number, Runnable what) {}

  private final PriorityQueue<Event> events =
      new PriorityQueue<>((a, b) ->
          a.atMicros != b.atMicros
              ? Double.compare(a.atMicros, b.atMicros)
              : Long.compare(a.number, b.number));
  private double nowMicros = 1e9;
  private long count;

  /** Nothing is planned yet. */
  public Events() {}

  /** True time. */
  public double nowMicros() {
    return nowMicros;
  }

  /** Plans something; what is late is done at once. */
  public void at(double atMicros, Runnable what) {
    events.add(new Event(Math.max(atMicros, nowMicros), count++, what));
  }

  /** Lets happen what is planned until then. */
  public void runUntil(double endMicros) {
    Event next = events.peek();
    while (next != null && next.atMicros <= endMicros) {
      events.remove();
      nowMicros = next.atMicros;
      next.what.run();
      next = events.peek();
    }
    nowMicros = endMicros;
  }
}
