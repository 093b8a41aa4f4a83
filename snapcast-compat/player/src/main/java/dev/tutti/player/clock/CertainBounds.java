package dev.tutti.player.clock;

/**
 * What the offset cannot but be. A request cannot arrive before it was sent, nor a reply: so each
 * exchange gives an upper and a lower limit that hold however uneven the ways were. The limits part
 * at {@link ClockView#MAX_RATE} as time goes on, and each exchange cuts them again. For one thread.
 */
final class CertainBounds {
  /** Clocks are read in whole microseconds. */
  private static final double READING = 1;

  private double lowest = Double.NEGATIVE_INFINITY;
  private double highest = Double.POSITIVE_INFINITY;
  private long at;

  double lowest() {
    return lowest;
  }

  double highest() {
    return highest;
  }

  long at() {
    return at;
  }

  /** Forgets everything. */
  void clear() {
    lowest = Double.NEGATIVE_INFINITY;
    highest = Double.POSITIVE_INFINITY;
  }

  /** Whether an exchange contradicts what is certain: a clock must have jumped. */
  boolean contradicts(Exchange exchange) {
    return exchange.lower() - READING > highest + spread(exchange.lowerAt())
        || exchange.upper() + READING < lowest - spread(exchange.upperAt());
  }

  /** Takes in an exchange that does not contradict. */
  void add(Exchange exchange) {
    long now = Math.max(exchange.lowerAt(), at);
    double spread = spread(now);
    lowest = Math.max(lowest - spread, exchange.lower() - READING - since(exchange.lowerAt(), now));
    highest =
        Math.min(highest + spread, exchange.upper() + READING + since(exchange.upperAt(), now));
    at = now;
  }

  private double spread(long nowMicros) {
    return lowest == Double.NEGATIVE_INFINITY ? 0 : since(at, nowMicros);
  }

  private static double since(long fromMicros, long toMicros) {
    return ClockView.MAX_RATE * Math.abs(toMicros - fromMicros);
  }
}
