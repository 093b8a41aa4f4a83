package dev.tutti.core.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A route's path: literal segments, {@code {name}} for one segment, {@code {name...}} at the end
 * for the rest. The natural order puts the more specific pattern first.
 */
record PathPattern(String text, List<Part> parts) implements Comparable<PathPattern> {
  PathPattern {
    parts = List.copyOf(parts);
  }

  /** A segment of a pattern. */
  sealed interface Part {
    /** Exactly this text. */
    record Literal(String text) implements Part {}

    /** Any one segment that is not empty. */
    record One(String name) implements Part {}

    /** Everything from here on. */
    record Rest(String name) implements Part {}

    /** Lower is more specific. */
    default int rank() {
      return switch (this) {
        case Literal l -> 0;
        case One o -> 1;
        case Rest r -> 2;
      };
    }
  }

  /**
   * @throws IllegalArgumentException saying what is wrong with the pattern
   */
  static PathPattern parse(String text) {
    if (!text.startsWith("/")) {
      throw new IllegalArgumentException("the path \"" + text + "\" must begin with /");
    }
    List<Part> parts = new ArrayList<>();
    Set<String> names = new HashSet<>();
    List<String> segments = segments(text);
    for (int i = 0; i < segments.size(); i++) {
      Part part = part(text, segments.get(i), i == segments.size() - 1);
      String name =
          switch (part) {
            case Part.Literal l -> "";
            case Part.One o -> o.name();
            case Part.Rest r -> r.name();
          };
      if (!name.isEmpty() && !names.add(name)) {
        throw new IllegalArgumentException(
            "the path \"%s\" names {%s} twice".formatted(text, name));
      }
      parts.add(part);
    }
    return new PathPattern(text, parts);
  }

  private static Part part(String pattern, String segment, boolean last) {
    if (!segment.contains("{") && !segment.contains("}")) {
      return new Part.Literal(segment);
    }
    if (!segment.matches("\\{[A-Za-z][A-Za-z0-9]*(\\.\\.\\.)?}")) {
      throw new IllegalArgumentException(
          "the path \"%s\" has \"%s\"; a placeholder is a whole segment such as {room}"
              .formatted(pattern, segment));
    }
    String inside = segment.substring(1, segment.length() - 1);
    if (!inside.endsWith("...")) {
      return new Part.One(inside);
    }
    if (!last) {
      throw new IllegalArgumentException(
          "the path \"%s\" goes on after \"%s\", which already takes the rest"
              .formatted(pattern, segment));
    }
    return new Part.Rest(inside.substring(0, inside.length() - 3));
  }

  /** The parts between the slashes of a path that begins with one; {@code /} has one, empty. */
  static List<String> segments(String path) {
    return List.of(path.substring(1).split("/", -1));
  }

  /**
   * What the placeholders stand for in a path.
   *
   * @param path its segments, decoded
   * @return empty if the path does not match
   */
  Optional<Map<String, String>> match(List<String> path) {
    Map<String, String> found = new HashMap<>();
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      if (i >= path.size()) {
        return Optional.empty();
      }
      String segment = path.get(i);
      switch (part) {
        case Part.Literal l -> {
          if (!l.text().equals(segment)) {
            return Optional.empty();
          }
        }
        case Part.One o -> {
          if (segment.isEmpty()) {
            return Optional.empty();
          }
          found.put(o.name(), segment);
        }
        case Part.Rest r -> {
          found.put(r.name(), String.join("/", path.subList(i, path.size())));
          return Optional.of(found);
        }
      }
    }
    return path.size() == parts.size() ? Optional.of(found) : Optional.empty();
  }

  /** The pattern without the names of its placeholders: equal shapes match equal paths. */
  String shape() {
    return parts.stream()
        .map(part ->
            switch (part) {
              case Part.Literal l -> "/" + l.text();
              case Part.One o -> "/{}";
              case Part.Rest r -> "/{...}";
            })
        .collect(Collectors.joining());
  }

  @Override
  public int compareTo(PathPattern other) {
    int common = Math.min(parts.size(), other.parts.size());
    for (int i = 0; i < common; i++) {
      int byRank = Integer.compare(parts.get(i).rank(), other.parts.get(i).rank());
      if (byRank != 0) {
        return byRank;
      }
    }
    int byLength = Integer.compare(other.parts.size(), parts.size());
    return byLength != 0 ? byLength : text.compareTo(other.text);
  }

  @Override
  public String toString() {
    return text;
  }
}
