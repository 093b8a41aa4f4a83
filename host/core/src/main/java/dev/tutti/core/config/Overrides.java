package dev.tutti.core.config;

import dev.tutti.api.ConfigException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Lays what the command line says over what the file says. */
final class Overrides {
  private static final Pattern DOTTED = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");

  private Overrides() {}

  /**
   * One entry changed; tables on the way are made.
   *
   * @param dotted the key, {@code audio.buffer-ms}
   */
  static Node.Table put(Node.Table root, String dotted, Node value) {
    return put(root, List.of(dotted.split("\\.", -1)), value);
  }

  private static Node.Table put(Node.Table table, List<String> path, Node value) {
    String key = path.getFirst();
    if (path.size() == 1) {
      return table.with(key, value);
    }
    Node.Table inner =
        table.entries().get(key) instanceof Node.Table t
            ? t
            : new Node.Table(Map.of(), value.origin());
    return table.with(key, put(inner, path.subList(1, path.size()), value));
  }

  /**
   * The argument of {@code --set}.
   *
   * @throws ConfigException if it does not read {@code key=value}
   */
  static Node.Table set(Node.Table root, String keyAndValue) {
    int eq = keyAndValue.indexOf('=');
    String key = eq < 0 ? "" : keyAndValue.substring(0, eq).strip();
    if (!DOTTED.matcher(key).matches()) {
      throw new ConfigException(
          "--set " + keyAndValue + ": expected key=value, for example --set audio.buffer-ms=500");
    }
    Node.Word word =
        new Node.Word(keyAndValue.substring(eq + 1).strip(), Origin.option("--set " + key));
    return put(root, key, word.text().startsWith("\"") ? toml(word) : word);
  }

  /** A list written on one line: {@code ["a", "b"]}, or a single item as it is. */
  static Node.Items listOf(Node.Word word) {
    String text = word.text();
    if (text.startsWith("[") && toml(word) instanceof Node.Items items) {
      return items;
    }
    return new Node.Items(text.isEmpty() ? List.of() : List.of(word), word.origin());
  }

  private static Node toml(Node.Word word) {
    Origin origin = word.origin();
    Node value =
        TomlReader.parse("value = " + word.text(), origin.place(), origin.folder())
            .entries()
            .get("value");
    return value == null ? word : from(origin, value);
  }

  /** The same value, said to come from somewhere else. */
  private static Node from(Origin origin, Node node) {
    return switch (node) {
      case Node.Word word -> new Node.Word(word.text(), origin);
      case Node.Value value -> new Node.Value(value.value(), origin);
      case Node.Items items ->
          new Node.Items(items.items().stream().map(i -> from(origin, i)).toList(), origin);
      case Node.Table table -> {
        Map<String, Node> entries = new LinkedHashMap<>();
        table.entries().forEach((k, v) -> entries.put(k, from(origin, v)));
        yield new Node.Table(entries, origin);
      }
    };
  }
}
