package dev.tutti.core.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the line of each key in a TOML text that a parser has accepted; the parser itself does not
 * tell. Items of arrays are path elements {@code #0}, {@code #1}. On anything unexpected it stops
 * and knows fewer lines, nothing worse.
 */
final class TomlLines {
  private static final int MAX_DEPTH = 64;

  private final String text;
  private final Map<List<String>, Integer> lines = new HashMap<>();
  private final Map<List<String>, Integer> tableArrays = new HashMap<>();
  private int at;
  private int line = 1;

  private TomlLines(String text) {
    this.text = text;
  }

  /** Paths to lines, the first line is 1. */
  static Map<List<String>, Integer> of(String text) {
    TomlLines scan = new TomlLines(text);
    scan.document();
    return scan.lines;
  }

  private void document() {
    List<String> table = List.of();
    while (true) {
      blank(true);
      if (at >= text.length()) {
        return;
      }
      int before = at;
      if (peek() == '[') {
        table = header();
      } else {
        keyAndValue(table, 0);
      }
      if (at == before) {
        return;
      }
    }
  }

  private List<String> header() {
    at++;
    boolean array = peek() == '[';
    if (array) {
      at++;
    }
    List<String> name = resolve(key(), array);
    if (array) {
      int index = tableArrays.merge(name, 0, (n, one) -> n + 1);
      note(name);
      name = append(name, "#" + index);
    }
    note(name);
    skipTo(']');
    if (array) {
      skipTo(']');
    }
    return name;
  }

  /** Puts the index of the newest item behind each prefix that is an array of tables. */
  private List<String> resolve(List<String> key, boolean array) {
    List<String> path = new ArrayList<>();
    for (int i = 0; i < key.size(); i++) {
      path.add(key.get(i));
      Integer index = tableArrays.get(path);
      boolean last = i == key.size() - 1;
      if (index != null && !(array && last)) {
        path.add("#" + index);
      }
    }
    return List.copyOf(path);
  }

  private void keyAndValue(List<String> table, int depth) {
    List<String> path = new ArrayList<>(table);
    for (String part : key()) {
      path.add(part);
      note(List.copyOf(path));
    }
    blank(false);
    if (peek() == '=') {
      at++;
      value(List.copyOf(path), depth);
    }
  }

  private void value(List<String> path, int depth) {
    blank(false);
    switch (peek()) {
      case '"', '\'' -> string();
      case '[' -> array(path, depth + 1);
      case '{' -> inlineTable(path, depth + 1);
      default -> {
        while (at < text.length() && ",]}#\n".indexOf(peek()) < 0) {
          at++;
        }
      }
    }
  }

  private void array(List<String> path, int depth) {
    at++;
    for (int i = 0; depth < MAX_DEPTH; i++) {
      blank(true);
      if (peek() == ']' || at >= text.length()) {
        break;
      }
      List<String> item = append(path, "#" + i);
      note(item);
      value(item, depth);
      blank(true);
      if (peek() != ',') {
        break;
      }
      at++;
    }
    skipTo(']');
  }

  private void inlineTable(List<String> path, int depth) {
    at++;
    while (depth < MAX_DEPTH) {
      blank(true);
      if (peek() == '}' || at >= text.length()) {
        break;
      }
      keyAndValue(path, depth);
      blank(true);
      if (peek() != ',') {
        break;
      }
      at++;
    }
    skipTo('}');
  }

  private List<String> key() {
    List<String> parts = new ArrayList<>();
    while (parts.size() < MAX_DEPTH) {
      blank(false);
      int start = at;
      if (peek() == '"' || peek() == '\'') {
        parts.add(string());
      } else {
        while (Character.isLetterOrDigit(peek()) || peek() == '-' || peek() == '_') {
          at++;
        }
        parts.add(text.substring(start, at));
      }
      blank(false);
      if (at == start || peek() != '.') {
        break;
      }
      at++;
    }
    return parts;
  }

  /** Skips a string; its content is exact where it has no escapes, which is enough for keys. */
  private String string() {
    String quote = text.substring(at, at + 1);
    String fence = text.startsWith(quote.repeat(3), at) ? quote.repeat(3) : quote;
    at += fence.length();
    int start = at;
    while (at < text.length() && !text.startsWith(fence, at)) {
      if (peek() == '\\' && quote.equals("\"")) {
        at++;
      }
      step();
    }
    String content = text.substring(Math.min(start, text.length()), Math.min(at, text.length()));
    at = Math.min(at + fence.length(), text.length());
    while (fence.length() == 3 && text.startsWith(quote, at)) {
      at++;
    }
    return content;
  }

  private void blank(boolean acrossLines) {
    while (at < text.length()) {
      char c = peek();
      if (c == '#') {
        while (at < text.length() && peek() != '\n') {
          at++;
        }
      } else if (c == ' ' || c == '\t' || c == '\r' || (c == '\n' && acrossLines)) {
        step();
      } else {
        return;
      }
    }
  }

  private void skipTo(char c) {
    while (at < text.length() && peek() != c) {
      step();
    }
    at = Math.min(at + 1, text.length());
  }

  private void step() {
    if (at < text.length() && text.charAt(at) == '\n') {
      line++;
    }
    at++;
  }

  private char peek() {
    return at < text.length() ? text.charAt(at) : 0;
  }

  private void note(List<String> path) {
    lines.putIfAbsent(path, line);
  }

  private static List<String> append(List<String> path, String part) {
    List<String> longer = new ArrayList<>(path);
    longer.add(part);
    return List.copyOf(longer);
  }
}
