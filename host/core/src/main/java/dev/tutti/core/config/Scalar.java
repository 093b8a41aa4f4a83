package dev.tutti.core.config;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.math.BigInteger;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Turns single values into the types settings have, or says what was expected instead. */
final class Scalar {
  private static final Pattern DURATION =
      Pattern.compile("(\\d{1,9}(?:\\.\\d{1,3})?)\\s*(ms|s|m|min|h|d)");

  private final Schema.Field field;
  private final Class<?> type;

  private Scalar(Schema.Field field, Class<?> type) {
    this.field = field;
    this.type = type;
  }

  /** The value cannot be used; the message is what was expected. */
  static final class Unfit extends Exception {
    Unfit(String expected) {
      super(expected);
    }
  }

  /** Whether a type is a single value and not a table or a list. */
  static boolean isScalar(Class<?> type) {
    return type == String.class
        || type == boolean.class
        || type == int.class
        || type == long.class
        || type == double.class
        || type == Boolean.class
        || type == Integer.class
        || type == Long.class
        || type == Double.class
        || type == Duration.class
        || type == Path.class
        || type.isEnum()
        || parser(type).isPresent();
  }

  /**
   * A type with {@code public static T parse(String)}, such as a sample format, is written as text.
   */
  private static Optional<Method> parser(Class<?> type) {
    return Stream.of(type.getDeclaredMethods())
        .filter(m -> m.getName().equals("parse") && Modifier.isStatic(m.getModifiers()))
        .filter(m -> m.getReturnType() == type)
        .filter(m -> List.of(m.getParameterTypes()).equals(List.of(String.class)))
        .findFirst();
  }

  /**
   * Converts a value.
   *
   * @param field whose limits count
   * @param type the component's type, or that of the items of its list
   */
  static Object convert(Node node, Schema.Field field, Class<?> type) throws Unfit {
    return new Scalar(field, type).convert(node);
  }

  private Object convert(Node node) throws Unfit {
    Object value =
        switch (node) {
          case Node.Word word -> word.text();
          case Node.Value written -> written.value();
          case Node.Table _, Node.Items _ -> throw new Unfit(expected());
        };
    boolean loose = node instanceof Node.Word;
    if (type == boolean.class || type == Boolean.class) {
      return bool(value, loose);
    }
    if (type == int.class || type == Integer.class) {
      return (int) whole(value, loose, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }
    if (type == long.class || type == Long.class) {
      return whole(value, loose, Long.MIN_VALUE, Long.MAX_VALUE);
    }
    if (type == double.class || type == Double.class) {
      return inRange(number(value, loose));
    }
    if (type == Duration.class) {
      return duration(value);
    }
    if (!(value instanceof String text)) {
      throw new Unfit(expected());
    }
    return textual(text, node.origin());
  }

  private boolean bool(Object value, boolean loose) throws Unfit {
    if (value instanceof Boolean b) {
      return b;
    }
    if (loose && (value.equals("true") || value.equals("false"))) {
      return value.equals("true");
    }
    throw new Unfit(expected());
  }

  private long whole(Object value, boolean loose, long least, long most) throws Unfit {
    BigInteger n;
    try {
      n = value instanceof BigInteger i ? i : loose ? new BigInteger(value.toString()) : null;
    } catch (NumberFormatException e) {
      throw new Unfit(expected());
    }
    if (n == null
        || n.compareTo(BigInteger.valueOf(least)) < 0
        || n.compareTo(BigInteger.valueOf(most)) > 0) {
      throw new Unfit(expected());
    }
    inRange(n.doubleValue());
    return n.longValue();
  }

  private double number(Object value, boolean loose) throws Unfit {
    try {
      return switch (value) {
        case BigInteger i -> i.doubleValue();
        case Double d -> d;
        case String s when loose -> Double.parseDouble(s);
        default -> throw new Unfit(expected());
      };
    } catch (NumberFormatException e) {
      throw new Unfit(expected());
    }
  }

  private double inRange(double value) throws Unfit {
    if (!Double.isFinite(value) || value < field.min() || value > field.max()) {
      throw new Unfit(expected());
    }
    return value;
  }

  private Duration duration(Object value) throws Unfit {
    double ms;
    if (value instanceof BigInteger i) {
      ms = i.doubleValue();
    } else {
      Matcher m = DURATION.matcher(value.toString().strip());
      if (value.toString().matches("\\d{1,15}")) {
        ms = Double.parseDouble(value.toString());
      } else if (m.matches()) {
        ms = Double.parseDouble(m.group(1)) * unitMs(m.group(2));
      } else {
        throw new Unfit(expected());
      }
    }
    if (ms < 0 || ms > Long.MAX_VALUE / 1e6) {
      throw new Unfit(expected());
    }
    return Duration.ofNanos(Math.round(inRange(ms) * 1e6));
  }

  private static double unitMs(String unit) {
    return switch (unit) {
      case "ms" -> 1;
      case "s" -> 1000;
      case "h" -> 3_600_000;
      case "d" -> 86_400_000;
      default -> 60_000;
    };
  }

  private Object textual(String text, Origin origin) throws Unfit {
    if (type == String.class) {
      return text;
    }
    if (type == Path.class) {
      return path(text, origin);
    }
    if (type.isEnum()) {
      return constant(text);
    }
    return parsed(text);
  }

  private Path path(String text, Origin origin) throws Unfit {
    try {
      Path path =
          text.equals("~") || text.startsWith("~/")
              ? Path.of(System.getProperty("user.home") + text.substring(1))
              : Path.of(text);
      return text.isEmpty() ? path : origin.folder().resolve(path);
    } catch (InvalidPathException e) {
      throw new Unfit(expected());
    }
  }

  private Object constant(String text) throws Unfit {
    for (Object constant : type.getEnumConstants()) {
      if (Schema.kebab(name(constant)).equalsIgnoreCase(text.replace('_', '-'))) {
        return constant;
      }
    }
    String hint = Nearest.of(text, choices()).map(n -> "; did you mean \"" + n + "\"?").orElse("");
    throw new Unfit(expected() + hint);
  }

  private List<String> choices() {
    return Stream.of(type.getEnumConstants()).map(Scalar::choice).toList();
  }

  /** An enum constant as written in the file. */
  static String choice(Object constant) {
    return Schema.kebab(name(constant));
  }

  private static String name(Object constant) {
    return ((Enum<?>) constant).name().replace('_', '-').toLowerCase(Locale.ROOT);
  }

  private Object parsed(String text) throws Unfit {
    Method parse =
        parser(type).orElseThrow(() -> new IllegalStateException(type + " has no parser"));
    try {
      parse.setAccessible(true);
      return parse.invoke(null, text);
    } catch (InvocationTargetException e) {
      throw new Unfit(reason(e.getCause()));
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("cannot call " + parse, e);
    }
  }

  private String reason(@Nullable Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    String message = cause == null ? null : cause.getMessage();
    return message == null ? expected() : message;
  }

  /** What the setting takes, to go after a colon. */
  private String expected() {
    return "expected " + description(field, type);
  }

  /** What a setting of this type and these limits takes. */
  static String description(Schema.Field field, Class<?> type) {
    if (type == boolean.class || type == Boolean.class) {
      return "true or false";
    }
    if (type == int.class || type == long.class || type == Integer.class || type == Long.class) {
      return "a whole number" + limits(field, "");
    }
    if (type == double.class || type == Double.class) {
      return "a number" + limits(field, "");
    }
    if (type == Duration.class) {
      return "a time, such as \"2s\" or \"150ms\"" + limits(field, " ms");
    }
    if (type == Path.class) {
      return "a path in quotes";
    }
    if (type.isEnum()) {
      return Stream.of(type.getEnumConstants())
          .map(c -> "\"" + choice(c) + "\"")
          .collect(Collectors.joining(", ", "one of ", ""));
    }
    return "text in quotes";
  }

  private static String limits(Schema.Field field, String unit) {
    if (!field.limited()) {
      return "";
    }
    if (field.max() == Double.POSITIVE_INFINITY) {
      return " of at least " + plain(field.min()) + unit;
    }
    return field.min() == Double.NEGATIVE_INFINITY
        ? " of at most " + plain(field.max()) + unit
        : " from " + plain(field.min()) + " to " + plain(field.max()) + unit;
  }

  private static String plain(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
