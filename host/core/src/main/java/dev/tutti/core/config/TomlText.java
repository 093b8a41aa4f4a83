package dev.tutti.core.config;

import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes values as TOML, on one line. */
final class TomlText {
  private static final Pattern BARE_KEY = Pattern.compile("[A-Za-z0-9_-]+");

  private TomlText() {}

  static String of(Node node) {
    return switch (node) {
      case Node.Word word -> word.text();
      case Node.Value v -> v.value() instanceof String s ? quote(s) : v.value().toString();
      case Node.Items items ->
          items.items().stream().map(TomlText::of).collect(Collectors.joining(", ", "[", "]"));
      case Node.Table table ->
          table.entries().entrySet().stream()
              .map(e -> key(e.getKey()) + " = " + of(e.getValue()))
              .collect(Collectors.joining(", ", "{ ", " }"));
    };
  }

  static String key(String key) {
    return BARE_KEY.matcher(key).matches() ? key : quote(key);
  }

  static String quote(String text) {
    StringBuilder out = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> out.append('\\').append(c);
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < 0x20 || c == 0x7f) {
            out.append(String.format("\\u%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    return out.append('"').toString();
  }
}
