package dev.tutti.core.plugins;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The series of one name. Guarded by the registry. */
final class MetricFamily {
  private static final String PREFIX = "tutti_";
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,99}");

  private final String name;
  private final String help;
  private final String kind;
  private final Map<String, MetricSeries> series = new TreeMap<>();

  MetricFamily(String name, String help, String kind) {
    this.name = name;
    this.help = help;
    this.kind = kind;
  }

  String kind() {
    return kind;
  }

  @Nullable MetricSeries find(String labels) {
    return series.get(labels);
  }

  void add(MetricSeries one) {
    series.put(one.labels(), one);
  }

  boolean remove(MetricSeries one) {
    return series.remove(one.labels(), one);
  }

  boolean isEmpty() {
    return series.isEmpty();
  }

  MetricFamily copy() {
    MetricFamily copy = new MetricFamily(name, help, kind);
    copy.series.putAll(series);
    return copy;
  }

  void render(StringBuilder out) {
    out.append("# HELP ").append(name).append(' ');
    out.append(help.replace("\\", "\\\\").replace("\n", "\\n")).append('\n');
    out.append("# TYPE ").append(name).append(' ').append(kind).append('\n');
    for (MetricSeries one : series.values()) {
      one.render(name, out);
    }
  }

  /**
   * @throws IllegalArgumentException if the name does not suit Prometheus
   */
  static String fullName(String name) {
    checkName(name, "metric");
    return name.startsWith(PREFIX) ? name : PREFIX + name;
  }

  /** Labels as rendered, sorted, so that their order does not matter. */
  static String labels(String... labelsAndValues) {
    if (labelsAndValues.length % 2 != 0) {
      throw new IllegalArgumentException("labels and values must alternate");
    }
    if (labelsAndValues.length == 0) {
      return "";
    }
    Map<String, String> sorted = new TreeMap<>();
    for (int i = 0; i < labelsAndValues.length; i += 2) {
      checkName(labelsAndValues[i], "label");
      sorted.put(labelsAndValues[i], labelsAndValues[i + 1]);
    }
    StringBuilder out = new StringBuilder("{");
    sorted.forEach((label, value) -> {
      out.append(out.length() == 1 ? "" : ",").append(label).append("=\"");
      out.append(value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"));
      out.append('"');
    });
    return out.append('}').toString();
  }

  private static void checkName(String name, String what) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "'" + name + "' is no name of a " + what + ": lower-case letters, digits and _ only");
    }
  }
}
