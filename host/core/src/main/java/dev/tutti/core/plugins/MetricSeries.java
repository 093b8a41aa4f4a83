package dev.tutti.core.plugins;

import dev.tutti.api.Metrics;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** One line of the metrics: labels and a value. Compared by identity. */
sealed interface MetricSeries {
  /** Who made it, for people. */
  String owner();

  /** As rendered: empty, or in braces. */
  String labels();

  /** Prometheus' word for it. */
  String kind();

  /** Writes its lines. */
  void render(String name, StringBuilder out);

  private static void line(String name, String labels, String value, StringBuilder out) {
    out.append(name).append(labels).append(' ').append(value).append('\n');
  }

  private static String text(double value) {
    if (Double.isInfinite(value)) {
      return value > 0 ? "+Inf" : "-Inf";
    }
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }

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
    public void render(String name, StringBuilder out) {
      line(name, labels, Long.toString(count.get()), out);
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
    public void render(String name, StringBuilder out) {
      double[] read = {Double.NaN};
      guard.apply(() -> read[0] = supplier.getAsDouble()).run();
      line(name, labels, text(read[0]), out);
    }
  }

  /** Values that come and go, each with its labels. */
  final class Many implements MetricSeries {
    private final String owner;
    private final Supplier<List<Metrics.Sample>> supplier;
    private final UnaryOperator<Runnable> guard;

    Many(String owner, Supplier<List<Metrics.Sample>> supplier, UnaryOperator<Runnable> guard) {
      this.owner = owner;
      this.supplier = supplier;
      this.guard = guard;
    }

    @Override
    public String owner() {
      return owner;
    }

    @Override
    public String labels() {
      return "";
    }

    @Override
    public String kind() {
      return "gauge";
    }

    @Override
    public void render(String name, StringBuilder out) {
      Map<String, Double> read = new TreeMap<>();
      guard
          .apply(() -> {
            for (Metrics.Sample sample : supplier.get()) {
              String[] labels = sample.labelsAndValues().toArray(String[]::new);
              if (read.size() < MetricsRegistry.MAX_SERIES_PER_OWNER) {
                read.put(MetricFamily.labels(labels), sample.value());
              }
            }
          })
          .run();
      read.forEach((labels, value) -> line(name, labels, text(value), out));
    }
  }
}
