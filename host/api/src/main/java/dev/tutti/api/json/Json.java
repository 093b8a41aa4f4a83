package dev.tutti.api.json;

import dev.tutti.api.http.Reply;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A JSON value: immutable, small, enough for plugins. {@link #parse} has limits on length and
 * depth. A Json is also a {@link Reply}: a route may return it.
 */
public sealed interface Json extends Reply {
  /** JSON's null. */
  record Null() implements Json {
    public static final Null VALUE = new Null();

    @Override
    public String toString() {
      return JsonText.write(this);
    }
  }

  record Bool(boolean value) implements Json {
    @Override
    public String toString() {
      return JsonText.write(this);
    }
  }

  record Text(String value) implements Json {
    @Override
    public String toString() {
      return JsonText.write(this);
    }
  }

  /** A number, kept as it was written: 1 and 1.0 differ. */
  record Num(BigDecimal value) implements Json {
    @Override
    public String toString() {
      return JsonText.write(this);
    }
  }

  record Arr(List<Json> items) implements Json {
    public Arr {
      items = List.copyOf(items);
    }

    @Override
    public String toString() {
      return JsonText.write(this);
    }
  }

  /** Members keep their order. */
  record Obj(Map<String, Json> members) implements Json {
    public Obj {
      members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
    }

    @Override
    public String toString() {
      return JsonText.write(this);
    }
  }

  /**
   * An object of alternating names and values; values may be Json, String, Boolean, any Number,
   * List, Map, Optional or null.
   */
  static Obj of(@Nullable Object... namesAndValues) {
    if (namesAndValues.length % 2 != 0) {
      throw new IllegalArgumentException("names and values must alternate");
    }
    Map<String, Json> members = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      members.put(String.valueOf(namesAndValues[i]), from(namesAndValues[i + 1]));
    }
    return new Obj(members);
  }

  static Arr array(Iterable<?> items) {
    List<Json> list = new ArrayList<>();
    for (Object item : items) {
      list.add(from(item));
    }
    return new Arr(list);
  }

  /**
   * @throws IllegalArgumentException for an object of a type JSON has no word for
   */
  static Json from(@Nullable Object value) {
    return switch (value) {
      case null -> Null.VALUE;
      case Json json -> json;
      case Boolean b -> new Bool(b);
      case BigDecimal d -> new Num(d);
      case Double d -> Double.isFinite(d) ? new Num(BigDecimal.valueOf(d)) : Null.VALUE;
      case Float f -> Float.isFinite(f) ? new Num(BigDecimal.valueOf(f.doubleValue())) : Null.VALUE;
      case Number n -> new Num(BigDecimal.valueOf(n.longValue()));
      case CharSequence s -> new Text(s.toString());
      case Enum<?> e -> new Text(e.name());
      case Optional<?> o -> from(o.orElse(null));
      case Iterable<?> i -> array(i);
      case Map<?, ?> m -> {
        Map<String, Json> members = new LinkedHashMap<>();
        m.forEach((k, v) -> members.put(String.valueOf(k), from(v)));
        yield new Obj(members);
      }
      default -> throw new IllegalArgumentException("no JSON for " + value.getClass().getName());
    };
  }

  /**
   * @throws JsonException naming the place, if the text is not JSON, longer than 4 MiB or nested
   *     deeper than 64
   */
  static Json parse(String text) {
    return JsonText.parse(text);
  }

  /**
   * A member of an object; empty if this is no object or has no such member. JSON null counts as
   * present.
   */
  default Optional<Json> get(String name) {
    return this instanceof Obj o ? Optional.ofNullable(o.members().get(name)) : Optional.empty();
  }

  default Optional<String> text(String name) {
    return get(name).flatMap(v -> v instanceof Text t ? Optional.of(t.value()) : Optional.empty());
  }

  default Optional<BigDecimal> number(String name) {
    return get(name).flatMap(v -> v instanceof Num n ? Optional.of(n.value()) : Optional.empty());
  }

  default Optional<Boolean> bool(String name) {
    return get(name).flatMap(v -> v instanceof Bool b ? Optional.of(b.value()) : Optional.empty());
  }

  /** The items of an array; empty if this is none. */
  default List<Json> items() {
    return this instanceof Arr a ? a.items() : List.of();
  }

  @Override
  default int status() {
    return 200;
  }

  @Override
  default String contentType() {
    return "application/json";
  }

  @Override
  default byte[] body() {
    return toString().getBytes(StandardCharsets.UTF_8);
  }

  /** The text is not JSON, or exceeds a limit. */
  final class JsonException extends IllegalArgumentException {
    public JsonException(String message) {
      super(message);
    }
  }
}
