package dev.tutti.core.plugins;

import dev.tutti.api.Metrics;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleSupplier;
import java.util.function.UnaryOperator;

/** One line of the metrics: labels and a value. Compared by identity. */
sealed interface MetricSeries {
  /** Who made it, for people. */
  String owner();

  /** As rendered: empty, or in braces. */
  String labels();

  /** Prometheus' word for it. */
  String kind();

  /** The value as rendered. */
  String value();

  final class Count implements MetricSeries, Metrics.Counter {
    private final String owner;
    private final String labels;
    private final AtomicLong count = new AtomicLong();

    Count(String owner, String labels) {
      this.owner = owner;
      this.labels = labels;
    }

    @Override
    public void add(long more) {
      if (more < 0) {
        throw new IllegalArgumentException("a counter only grows; " + more + " is for a gauge");
      }
      count.getAndAdd(more);
    }

    @Override
    public String owner() {
      return owner;
    }

    @Override
    public String labels() {
      return labels;
    }

    @Override
    public String kind() {
      return "counter";
    }

    @Override
    public String value() {
      return Long.toString(count.get());
    }
  }

  final class Gauge implements MetricSeries {
    private final String owner;
    private final String labels;
    private final DoubleSupplier supplier;
    private final UnaryOperator<Runnable> guard;

    Gauge(String owner, String labels, DoubleSupplier supplier, UnaryOperator<Runnable> guard) {
      this.owner = owner;
      this.labels = labels;
      this.supplier = supplier;
      this.guard = guard;
    }

    @Override
    public String owner() {
      return owner;
    }

    @Override
    public String labels() {
      return labels;
    }

    @Override
    public String kind() {
      return "gauge";
    }

    @Override
    public String value() {
      double[] read = {Double.NaN};
      guard.apply(() -> read[0] = supplier.getAsDouble()).run();
      double value = read[0];
      if (Double.isInfinite(value)) {
        return value > 0 ? "+Inf" : "-Inf";
      }
      return value == Math.rint(value) && Math.abs(value) < 1e15
          ? Long.toString((long) value)
          : Double.toString(value);
    }
  }
}
