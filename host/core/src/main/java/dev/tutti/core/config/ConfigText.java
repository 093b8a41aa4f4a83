package dev.tutti.core.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Prints configuration: a commented example, and what is in effect. */
public final class ConfigText {
  private static final int WIDTH = 96;

  private final StringBuilder out = new StringBuilder();

  private ConfigText() {}

  /**
   * Every key with its text and its default, commented out.
   *
   * @param plugins the settings records of plugins by id
   */
  public static String example(Map<String, Class<? extends Record>> plugins) {
    ConfigText text = new ConfigText();
    text.comment(
        "Tutti's configuration. Everything is optional; lines that begin with # show the default."
            + " Looked for as ./tutti.toml, ~/.config/tutti/tutti.toml, /etc/tutti.toml.");
    text.exampleTable(Schema.of(TuttiConfig.class), "");
    plugins.forEach((id, type) -> text.exampleSection("plugins." + id, Schema.of(type), ""));
    return text.out.toString();
  }

  private void exampleTable(Schema schema, String path) {
    for (Schema.Field field : schema.fields()) {
      if (!isTable(field)) {
        exampleKey(field, "# ");
      }
    }
    for (Schema.Field field : schema.fields()) {
      if (isTable(field)) {
        String name = path.isEmpty() ? field.key() : path + "." + field.key();
        if (field.raw() == List.class) {
          exampleList(name, Schema.of(tableType(field)), field.doc());
        } else {
          exampleSection(name, Schema.of(tableType(field)), field.doc());
        }
      }
    }
  }

  private void exampleSection(String name, Schema schema, String doc) {
    out.append('\n');
    comment(doc.isEmpty() ? schema.doc() : doc);
    out.append('[').append(name).append("]\n");
    exampleTable(schema, name);
  }

  /** Tables that may come any number of times, none by default. */
  private void exampleList(String name, Schema schema, String doc) {
    out.append('\n');
    comment(doc.isEmpty() ? schema.doc() : doc);
    out.append("# [[").append(name).append("]]\n");
    for (Schema.Field field : schema.fields()) {
      exampleKey(field, "#   ");
    }
  }

  private void exampleKey(Schema.Field field, String indent) {
    String expected =
        field.raw() == List.class
            ? "a list"
            : Scalar.isScalar(field.raw()) ? Scalar.description(field, field.raw()) : "a table";
    if (!out.toString().endsWith("]\n")) {
      out.append("#\n");
    }
    comment((field.doc().isEmpty() ? "" : field.doc() + " ") + "(" + expected + ")");
    out.append(indent).append(field.key()).append(" = ").append(defaultText(field)).append('\n');
  }

  /**
   * What is in effect, each value with where it comes from, passwords masked.
   *
   * @param plugins the settings records of plugins by id; tables of others are printed as given
   */
  public static String effective(
      Configuration config, Map<String, Class<? extends Record>> plugins) {
    ConfigText text = new ConfigText();
    Node.Table root = config.root();
    text.effectiveTable(Schema.of(TuttiConfig.class), root.without("plugins"), "");
    Node.Table tables = root.table("plugins");
    Set<String> ids = new TreeSet<>(config.pluginTables().keySet());
    ids.addAll(plugins.keySet());
    for (String id : ids) {
      Class<? extends Record> type = plugins.get(id);
      String name = "plugins." + TomlText.key(id);
      text.out.append("\n[").append(name).append("]\n");
      if (type == null) {
        text.plainTable(tables.table(id), name);
      } else {
        text.effectiveTable(Schema.of(type), tables.table(id), name);
      }
    }
    return text.out.toString().stripLeading();
  }

  /** A snapserver's file as one of Tutti's, with what could not be taken over as comments. */
  public static String imported(SnapserverImport snapserver, String from) {
    ConfigText text = new ConfigText();
    text.comment("Taken over from " + from + ".");
    for (String note : snapserver.notes()) {
      text.comment("Not taken over: " + note);
    }
    text.importedTable(snapserver.root(), "");
    return text.out.toString();
  }

  private void importedTable(Node.Table table, String path) {
    Map<String, Node> plain = new LinkedHashMap<>(table.entries());
    plain.values().removeIf(ConfigText::holdsTables);
    if (!plain.isEmpty()) {
      if (!path.isEmpty()) {
        out.append("\n[").append(path).append("]\n");
      }
      plain.forEach((key, node) ->
          out.append(TomlText.key(key)).append(" = ").append(TomlText.of(node)).append('\n'));
    }
    table
        .entries()
        .forEach((key, node) -> {
          String name = path.isEmpty() ? TomlText.key(key) : path + "." + TomlText.key(key);
          if (node instanceof Node.Table inner) {
            importedTable(inner, name);
          } else if (node instanceof Node.Items items && holdsTables(items)) {
            for (Node item : items.items()) {
              out.append("\n[[").append(name).append("]]\n");
              if (item instanceof Node.Table one) {
                one.entries()
                    .forEach((k, v) ->
                        out.append(TomlText.key(k))
                            .append(" = ")
                            .append(TomlText.of(v))
                            .append('\n'));
              }
            }
          }
        });
  }

  private static boolean holdsTables(Node node) {
    return node instanceof Node.Table
        || (node instanceof Node.Items items
            && items.items().stream().anyMatch(Node.Table.class::isInstance));
  }

  private void effectiveTable(Schema schema, Node.Table table, String path) {
    Map<String, Node> rest = new LinkedHashMap<>(table.entries());
    for (Schema.Field field : schema.fields()) {
      if (!isTable(field)) {
        Node node = rest.remove(field.key());
        line(field, node, path);
      }
    }
    for (Schema.Field field : schema.fields()) {
      if (isTable(field)) {
        Node node = rest.remove(field.key());
        effectiveSection(field, node, path.isEmpty() ? field.key() : path + "." + field.key());
      }
    }
    plainTable(new Node.Table(rest, table.origin()), path);
  }

  private void effectiveSection(Schema.Field field, @Nullable Node node, String name) {
    Schema schema = Schema.of(tableType(field));
    if (field.raw() == List.class) {
      List<Node> items = node instanceof Node.Items i ? i.items() : List.of();
      for (Node item : items) {
        if (item instanceof Node.Table table) {
          out.append("\n[[").append(name).append("]]\n");
          plainTable(table, name);
        }
      }
      return;
    }
    out.append("\n[").append(name).append("]\n");
    effectiveTable(
        schema,
        node instanceof Node.Table t ? t : new Node.Table(Map.of(), Origin.builtIn("default")),
        name);
  }

  private void line(Schema.Field field, @Nullable Node node, String path) {
    if (node == null) {
      entry(field.key(), defaultText(field), path, "default");
    } else {
      String value =
          node instanceof Node.Word word && isText(field.raw())
              ? TomlText.quote(word.text())
              : TomlText.of(node);
      entry(field.key(), value, path, node.origin().place());
    }
  }

  private void plainTable(Node.Table table, String path) {
    table
        .entries()
        .forEach((key, node) ->
            entry(
                TomlText.key(key),
                node instanceof Node.Word word ? TomlText.quote(word.text()) : TomlText.of(node),
                path,
                node.origin().place()));
  }

  private void entry(String key, String value, String path, String place) {
    String masked = value.equals("\"\"") ? value : Secrets.mask(path + "." + key, value);
    out.append(key).append(" = ").append(masked).append("  # ").append(place).append('\n');
  }

  private void comment(String text) {
    StringBuilder line = new StringBuilder("#");
    for (String word : text.isEmpty() ? List.<String>of() : List.of(text.split(" "))) {
      if (line.length() + word.length() > WIDTH) {
        out.append(line).append('\n');
        line.setLength(1);
      }
      line.append(' ').append(word);
    }
    if (line.length() > 1) {
      out.append(line).append('\n');
    }
  }

  private static String defaultText(Schema.Field field) {
    Class<?> type = field.raw();
    if (field.fallback().isPresent()) {
      String text = field.fallback().get();
      if (type.isEnum()) {
        return TomlText.quote(text.toLowerCase(Locale.ROOT));
      }
      boolean number = type == Duration.class && text.matches("\\d+");
      return isText(type) && !number ? TomlText.quote(text) : text;
    }
    if (type == List.class) {
      return "[]";
    }
    if (type == boolean.class) {
      return "false";
    }
    if (type == int.class || type == long.class || Number.class.isAssignableFrom(type)) {
      return "0";
    }
    return Scalar.isScalar(type) ? "\"\"" : "{}";
  }

  /** Whether a value of this type stands in quotes. */
  private static boolean isText(Class<?> type) {
    return Scalar.isScalar(type)
        && !type.isPrimitive()
        && !Number.class.isAssignableFrom(type)
        && type != Boolean.class;
  }

  private static boolean isTable(Schema.Field field) {
    Class<?> type = field.raw() == List.class ? itemType(field.type()) : field.raw();
    return type.isRecord() && !Scalar.isScalar(type);
  }

  private static Class<? extends Record> tableType(Schema.Field field) {
    Class<?> type = field.raw() == List.class ? itemType(field.type()) : field.raw();
    return type.asSubclass(Record.class);
  }

  private static Class<?> itemType(Type list) {
    Type item = ((ParameterizedType) list).getActualTypeArguments()[0];
    return item instanceof Class<?> c ? c : Collection.class;
  }
}
