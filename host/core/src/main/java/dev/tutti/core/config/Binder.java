package dev.tutti.core.config;

import dev.tutti.api.ConfigException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes a record of a table, or names everything in it that is wrong. */
final class Binder {
  private static final int MAX_PROBLEMS = 20;
  private static final int MAX_SHOWN = 60;

  private final List<String> problems = new ArrayList<>();

  private Binder() {}

  /**
   * Binds a table to a record; see {@link dev.tutti.api.PluginContext#config} for the types.
   *
   * @param path the table's own name for messages, empty for the root
   * @throws ConfigException with one line for each wrong key or value
   */
  static <R extends Record> R bind(Class<R> type, Node.Table table, String path) {
    Binder binder = new Binder();
    R bound = binder.record(type, table, path);
    if (bound == null || !binder.problems.isEmpty()) {
      throw new ConfigException(
          String.join(
              "\n", binder.problems.subList(0, Math.min(MAX_PROBLEMS, binder.problems.size()))));
    }
    return bound;
  }

  private <R extends Record> @Nullable R record(Class<R> type, Node.Table table, String path) {
    Schema schema = Schema.of(type);
    int before = problems.size();
    table.entries().forEach((key, node) -> checkKnown(schema, key, node, path));
    @Nullable Object[] values = new Object[schema.fields().size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = component(schema.fields().get(i), table, path);
    }
    return problems.size() == before ? construct(type, values, table.origin(), path) : null;
  }

  private void checkKnown(Schema schema, String key, Node node, String path) {
    List<String> known = schema.keys();
    if (known.contains(key)) {
      return;
    }
    String hint = Nearest.of(key, known).map(n -> "; did you mean \"" + n + "\"?").orElse("");
    String all = known.isEmpty() ? "none" : String.join(", ", known);
    problem(
        node.origin(),
        join(path, key) + ": there is no such key" + hint + " (known here: " + all + ")");
  }

  private @Nullable Object component(Schema.Field field, Node.Table table, String path) {
    String name = join(path, field.key());
    Node node = table.entries().get(field.key());
    if (node == null && field.fallback().isPresent()) {
      node = new Node.Word(field.fallback().get(), Origin.builtIn("the default of " + name));
    }
    return node == null || leavesOut(field, node)
        ? absent(field, table, name)
        : value(node, field, field.type(), name);
  }

  /** An empty text stands for nothing where nothing is allowed and a text is not. */
  private static boolean leavesOut(Schema.Field field, Node node) {
    Class<?> type = field.raw();
    boolean empty =
        switch (node) {
          case Node.Word word -> word.text().isEmpty();
          case Node.Value value -> value.value().equals("");
          default -> false;
        };
    return empty
        && field.fallback().isEmpty()
        && Scalar.isScalar(type)
        && !type.isPrimitive()
        && type != String.class;
  }

  private @Nullable Object absent(Schema.Field field, Node.Table table, String name) {
    Class<?> type = field.raw();
    if (type == boolean.class) {
      return false;
    }
    if (type == int.class) {
      return 0;
    }
    if (type == long.class) {
      return 0L;
    }
    if (type == double.class) {
      return Double.NaN;
    }
    if (type == List.class) {
      return List.of();
    }
    if (type == Map.class) {
      return Map.of();
    }
    return type.isRecord() && !Scalar.isScalar(type)
        ? record(type.asSubclass(Record.class), new Node.Table(Map.of(), table.origin()), name)
        : null;
  }

  private @Nullable Object value(Node node, Schema.Field field, Type type, String name) {
    Class<?> raw = raw(type);
    if (raw == List.class) {
      return list(node, field, argument(type, 0), name);
    }
    if (raw == Map.class) {
      return map(node, field, argument(type, 1), name);
    }
    if (Scalar.isScalar(raw)) {
      return scalar(node, field, raw, name);
    }
    if (!raw.isRecord()) {
      throw new IllegalArgumentException(name + ": settings cannot have the type " + raw.getName());
    }
    if (node instanceof Node.Table table) {
      return record(raw.asSubclass(Record.class), table, name);
    }
    return wrong(node, name, "expected a table, written [" + name + "]");
  }

  private @Nullable Object scalar(Node node, Schema.Field field, Class<?> type, String name) {
    try {
      return Scalar.convert(node, field, type);
    } catch (Scalar.Unfit e) {
      return wrong(node, name, String.valueOf(e.getMessage()));
    }
  }

  private @Nullable Object list(Node node, Schema.Field field, Type item, String name) {
    Node whole = node instanceof Node.Word word ? Overrides.listOf(word) : node;
    if (!(whole instanceof Node.Items items)) {
      return wrong(
          node,
          name,
          raw(item).isRecord() && !Scalar.isScalar(raw(item))
              ? "expected tables, each written [[" + name + "]]"
              : "expected a list in brackets, [..., ...], each item "
                  + Scalar.description(field, raw(item)));
    }
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < items.items().size(); i++) {
      Object value = value(items.items().get(i), field, item, name + "[" + i + "]");
      if (value != null) {
        values.add(value);
      }
    }
    return List.copyOf(values);
  }

  private @Nullable Object map(Node node, Schema.Field field, Type item, String name) {
    if (!(node instanceof Node.Table table)) {
      return wrong(node, name, "expected a table, written [" + name + "]");
    }
    Map<String, Object> values = new LinkedHashMap<>();
    table
        .entries()
        .forEach((key, entry) -> {
          Object value = value(entry, field, item, join(name, key));
          if (value != null) {
            values.put(key, value);
          }
        });
    return Collections.unmodifiableMap(values);
  }

  private <R extends Record> @Nullable R construct(
      Class<R> type, @Nullable Object[] values, Origin origin, String path) {
    Class<?>[] types =
        Stream.of(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      Constructor<R> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      Throwable cause = e.getCause();
      String message = cause == null ? null : cause.getMessage();
      problem(origin, (path.isEmpty() ? "" : path + ": ") + (message == null ? cause : message));
      return null;
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException("cannot make a " + type.getName(), e);
    }
  }

  private @Nullable Object wrong(Node node, String name, String expected) {
    problem(node.origin(), name + " = " + shown(node, name) + ": " + expected);
    return null;
  }

  private void problem(Origin origin, String message) {
    problems.add(origin.place() + ": " + Secrets.maskUsers(message));
  }

  private static String shown(Node node, String name) {
    String text = Secrets.mask(name, TomlText.of(node));
    return text.length() > MAX_SHOWN ? text.substring(0, MAX_SHOWN) + "…" : text;
  }

  private static String join(String path, String key) {
    return path.isEmpty() ? TomlText.key(key) : path + "." + TomlText.key(key);
  }

  private static Class<?> raw(Type type) {
    return type instanceof ParameterizedType p ? (Class<?>) p.getRawType() : (Class<?>) type;
  }

  private static Type argument(Type type, int index) {
    return ((ParameterizedType) type).getActualTypeArguments()[index];
  }
}
