package dev.tutti.core.config;

import dev.tutti.api.Default;
import dev.tutti.api.Doc;
import dev.tutti.api.Range;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The keys of a table, read off a record: order, text, limits and defaults. Keeps nothing alive
 * beyond itself, so that a plugin's classes can go.
 */
record Schema(Class<? extends Record> type, String doc, List<Field> fields) {
  private static final Pattern HUMP = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");

  /**
   * @param key as written in the file, kebab-case
   * @param doc one sentence, or empty
   * @param fallback the default as written in the file, if there is one
   * @param min the smallest number accepted; for a Duration in milliseconds
   */
  record Field(
      String key,
      Type type,
      Class<?> raw,
      String doc,
      Optional<String> fallback,
      double min,
      double max) {

    boolean limited() {
      return min != Double.NEGATIVE_INFINITY || max != Double.POSITIVE_INFINITY;
    }
  }

  static Schema of(Class<? extends Record> type) {
    Doc doc = type.getAnnotation(Doc.class);
    return new Schema(
        type,
        doc == null ? "" : doc.value(),
        Stream.of(type.getRecordComponents()).map(Schema::field).toList());
  }

  private static Field field(RecordComponent component) {
    Doc doc = component.getAnnotation(Doc.class);
    Default fallback = component.getAnnotation(Default.class);
    Range range = component.getAnnotation(Range.class);
    return new Field(
        kebab(component.getName()),
        component.getGenericType(),
        component.getType(),
        doc == null ? "" : doc.value(),
        Optional.ofNullable(fallback).map(Default::value),
        range == null ? Double.NEGATIVE_INFINITY : range.min(),
        range == null ? Double.POSITIVE_INFINITY : range.max());
  }

  /** {@code gainDb} to {@code gain-db}. */
  static String kebab(String name) {
    return HUMP.matcher(name).replaceAll("-").toLowerCase(Locale.ROOT);
  }

  List<String> keys() {
    return fields.stream().map(Field::key).toList();
  }
}
