package dev.tutti.core.plugins;

import dev.tutti.api.Metrics;
import dev.tutti.api.Registration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * All figures of the house, rendered as Prometheus text. A series belongs to whoever made it; a
 * second owner is refused by name. Thread-safe.
 */
public final class MetricsRegistry {
  /** Guards memory against a plugin that puts, say, song titles into labels. */
  static final int MAX_SERIES_PER_OWNER = 10_000;

  private static final String HOST = "the host";

  private final Map<String, MetricFamily> families = new TreeMap<>();
  private final Map<String, Integer> seriesOf = new TreeMap<>();

  /** For the host's own figures; they last as long as the registry. */
  public Metrics forHost() {
    return new Door(null);
  }

  /** For a plugin's figures; they end with its scope. */
  public Metrics forPlugin(PluginScope scope) {
    return new Door(scope);
  }

  /** Everything, in Prometheus' text format 0.0.4. Gauges are read while rendering. */
  public String render() {
    StringBuilder out = new StringBuilder();
    for (MetricFamily family : snapshot()) {
      family.render(out);
    }
    return out.toString();
  }

  private synchronized Iterable<MetricFamily> snapshot() {
    return families.values().stream().map(MetricFamily::copy).toList();
  }

  private synchronized MetricSeries add(String name, MetricSeries series, String help) {
    MetricFamily family =
        families.computeIfAbsent(name, n -> new MetricFamily(n, help, series.kind()));
    if (!family.kind().equals(series.kind())) {
      throw new IllegalStateException(
          name
              + " is a "
              + family.kind()
              + " already; give the "
              + series.kind()
              + " another name");
    }
    MetricSeries there = family.find(series.labels());
    if (there != null) {
      return there;
    }
    int count = seriesOf.getOrDefault(series.owner(), 0) + 1;
    if (count > MAX_SERIES_PER_OWNER) {
      throw new IllegalStateException(
          "more than " + MAX_SERIES_PER_OWNER + " series; use labels with few values only");
    }
    seriesOf.put(series.owner(), count);
    family.add(series);
    return series;
  }

  private synchronized void remove(String name, MetricSeries series) {
    MetricFamily family = families.get(name);
    if (family == null || !family.remove(series)) {
      return;
    }
    if (family.isEmpty()) {
      families.remove(name);
    }
    seriesOf.computeIfPresent(series.owner(), (o, count) -> count == 1 ? null : count - 1);
  }

  /** One owner's view. */
  private final class Door implements Metrics {
    private final @Nullable PluginScope scope;
    private final String owner;

    Door(@Nullable PluginScope scope) {
      this.scope = scope;
      this.owner = scope == null ? HOST : "the plugin '" + scope.pluginId() + "'";
    }

    @Override
    public Counter counter(String name, String help, String... labelsAndValues) {
      checkOpen();
      String full = MetricFamily.fullName(name);
      var mine = new MetricSeries.Count(owner, MetricFamily.labels(labelsAndValues));
      MetricSeries there = add(full, mine, help);
      if (there == mine) {
        var _ = own(full, mine);
        return mine;
      }
      if (there instanceof MetricSeries.Count count && there.owner().equals(owner)) {
        return count;
      }
      throw taken(full, there);
    }

    @Override
    public Registration gauge(
        String name, String help, DoubleSupplier value, String... labelsAndValues) {
      checkOpen();
      String full = MetricFamily.fullName(name);
      var mine =
          new MetricSeries.Gauge(owner, MetricFamily.labels(labelsAndValues), value, guard(full));
      MetricSeries there = add(full, mine, help);
      if (there != mine) {
        throw taken(full, there);
      }
      return own(full, mine);
    }

    @Override
    public Registration gauges(String name, String help, Supplier<List<Sample>> values) {
      checkOpen();
      String full = MetricFamily.fullName(name);
      var mine = new MetricSeries.Many(owner, values, guard(full));
      MetricSeries there = add(full, mine, help);
      if (there != mine) {
        throw taken(full, there);
      }
      return own(full, mine);
    }

    private UnaryOperator<Runnable> guard(String name) {
      PluginScope within = scope;
      return within == null ? read -> read : read -> () -> within.guard("the gauge " + name, read);
    }

    private void checkOpen() {
      if (scope != null) {
        scope.checkOpen();
      }
    }

    private Registration own(String name, MetricSeries series) {
      return scope == null
          ? () -> remove(name, series)
          : scope.register("metric", () -> remove(name, series));
    }

    private static IllegalStateException taken(String name, MetricSeries there) {
      return new IllegalStateException(
          name + there.labels() + " is there already, from " + there.owner());
    }
  }
}
