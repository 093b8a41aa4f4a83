package dev.tutti.api;

import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/**
 * A plugin's figures, exported as Prometheus text under {@code /metrics}. Names get the prefix
 * {@code tutti_}. Thread-safe.
 */
public interface Metrics {
  /** A count that only grows. The same name and labels give the same counter. */
  Counter counter(String name, String help, String... labelsAndValues);

  /** A value read when somebody asks; the supplier must be quick and must not block. */
  Registration gauge(String name, String help, DoubleSupplier value, String... labelsAndValues);

  /**
   * Several values of one name, such as one for each client that is there; what is no longer told
   * is gone.
   *
   * @param values asked on the thread of whoever wants to see them, at most for a second; no two
   *     with the same labels
   */
  Registration gauges(String name, String help, Supplier<List<Sample>> values);

  /**
   * One of several values.
   *
   * @param labelsAndValues alternating
   */
  record Sample(double value, List<String> labelsAndValues) {
    public Sample {
      labelsAndValues = List.copyOf(labelsAndValues);
    }

    public static Sample of(double value, String... labelsAndValues) {
      return new Sample(value, List.of(labelsAndValues));
    }
  }

  /** A counter; {@link #add} does not allocate or lock. */
  interface Counter {
    void add(long count);
  }
}
