package dev.tutti.api;

import java.util.function.DoubleSupplier;

/**
 * A plugin's figures, exported as Prometheus text under {@code /metrics}. Names get the prefix
 * {@code tutti_}. Thread-safe.
 */
public interface Metrics {
  /** A count that only grows. The same name and labels give the same counter. */
  Counter counter(String name, String help, String... labelsAndValues);

  /** A value read when somebody asks; the supplier must be quick and must not block. */
  Registration gauge(String name, String help, DoubleSupplier value, String... labelsAndValues);

  /** A counter; {@link #add} does not allocate or lock. */
  interface Counter {
    void add(long count);
  }
}
