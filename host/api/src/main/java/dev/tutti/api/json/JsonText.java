package dev.tutti.api.json;

import dev.tutti.api.json.Json.JsonException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Json to text and back. The parser is strict (RFC 8259) and bounded. */
final class JsonText {
  static final int MAX_LENGTH = 4 * 1024 * 1024;
  static final int MAX_DEPTH = 64;
  private static final int MAX_NUMBER_LENGTH = 64;

  private final String text;
  private int at;

  private JsonText(String text) {
    this.text = text;
  }

  static Json parse(String text) {
    if (text.length() > MAX_LENGTH) {
      throw new JsonException("longer than " + MAX_LENGTH + " characters");
    }
    JsonText p = new JsonText(text);
    Json value = p.value(0);
    p.blank();
    if (p.at < text.length()) {
      throw p.bad("the end");
    }
    return value;
  }

  private Json value(int depth) {
    if (depth > MAX_DEPTH) {
      throw new JsonException("nested deeper than " + MAX_DEPTH + " at " + at);
    }
    blank();
    return switch (peek()) {
      case '{' -> object(depth);
      case '[' -> array(depth);
      case '"' -> new Json.Text(string());
      case 't' -> word("true", new Json.Bool(true));
      case 'f' -> word("false", new Json.Bool(false));
      case 'n' -> word("null", Json.Null.VALUE);
      default -> number();
    };
  }

  private Json object(int depth) {
    at++;
    Map<String, Json> members = new LinkedHashMap<>();
    blank();
    if (peek() == '}') {
      at++;
      return new Json.Obj(members);
    }
    while (true) {
      blank();
      if (peek() != '"') {
        throw bad("a name in quotes");
      }
      String name = string();
      blank();
      expect(':');
      members.put(name, value(depth + 1));
      blank();
      if (peek() == '}') {
        at++;
        return new Json.Obj(members);
      }
      expect(',');
    }
  }

  private Json array(int depth) {
    at++;
    List<Json> items = new ArrayList<>();
    blank();
    if (peek() == ']') {
      at++;
      return new Json.Arr(items);
    }
    while (true) {
      items.add(value(depth + 1));
      blank();
      if (peek() == ']') {
        at++;
        return new Json.Arr(items);
      }
      expect(',');
    }
  }

  private String string() {
    at++;
    StringBuilder s = new StringBuilder();
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '"') {
        return s.toString();
      }
      if (c < 0x20) {
        at--;
        throw bad("no control character in text");
      }
      s.append(c == '\\' ? escape() : c);
    }
    throw bad("a closing quote");
  }

  private char escape() {
    char c = peek();
    at++;
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unicode();
      default -> throw bad("an escape");
    };
  }

  private char unicode() {
    int value = 0;
    for (int i = 0; i < 4; i++) {
      int digit = Character.digit(peek(), 16);
      if (digit < 0) {
        throw bad("four hexadecimal digits");
      }
      value = value * 16 + digit;
      at++;
    }
    return (char) value;
  }

  private Json number() {
    int start = at;
    if (peek() == '-') {
      at++;
    }
    int digits = at;
    digits();
    if (text.charAt(digits) == '0' && at > digits + 1) {
      throw bad("no leading zero");
    }
    if (peek() == '.') {
      at++;
      digits();
    }
    if (peek() == 'e' || peek() == 'E') {
      at++;
      if (peek() == '+' || peek() == '-') {
        at++;
      }
      int exponent = at;
      digits();
      if (at - exponent > 3) {
        throw bad("a smaller exponent");
      }
    }
    if (at - start > MAX_NUMBER_LENGTH) {
      throw bad("a shorter number");
    }
    return new Json.Num(new BigDecimal(text.substring(start, at)));
  }

  private void digits() {
    int start = at;
    while (peek() >= '0' && peek() <= '9') {
      at++;
    }
    if (at == start) {
      throw bad("a value");
    }
  }

  private Json word(String word, Json value) {
    if (!text.startsWith(word, at)) {
      throw bad("a value");
    }
    at += word.length();
    return value;
  }

  private void expect(char c) {
    if (peek() != c) {
      throw bad("'" + c + "'");
    }
    at++;
  }

  /** NUL at the end of the text: no rule accepts it. */
  private char peek() {
    return at < text.length() ? text.charAt(at) : 0;
  }

  private void blank() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private JsonException bad(String expected) {
    return new JsonException(
        at >= text.length()
            ? "expected " + expected + ", but the text ends"
            : "expected " + expected + " at " + at + ", not '" + text.charAt(at) + "'");
  }

  static String write(Json value) {
    StringBuilder out = new StringBuilder();
    write(value, out);
    return out.toString();
  }

  private static void write(Json value, StringBuilder out) {
    switch (value) {
      case Json.Null n -> out.append("null");
      case Json.Bool b -> out.append(b.value());
      case Json.Num n -> out.append(n.value());
      case Json.Text t -> quote(t.value(), out);
      case Json.Arr a -> {
        out.append('[');
        String sep = "";
        for (Json item : a.items()) {
          out.append(sep);
          write(item, out);
          sep = ",";
        }
        out.append(']');
      }
      case Json.Obj o -> {
        out.append('{');
        String sep = "";
        for (Map.Entry<String, Json> e : o.members().entrySet()) {
          out.append(sep);
          quote(e.getKey(), out);
          out.append(':');
          write(e.getValue(), out);
          sep = ",";
        }
        out.append('}');
      }
    }
  }

  private static void quote(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < 0x20 || c == '\u2028' || c == '\u2029') {
            out.append(String.format("\\u%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }
}
