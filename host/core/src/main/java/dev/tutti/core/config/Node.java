package dev.tutti.core.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A piece of configuration that still knows where it came from. */
sealed interface Node {
  Origin origin();

  /** Keys in the order they were written. */
  record Table(Map<String, Node> entries, Origin origin) implements Node {
    public Table {
      entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }

    /** The same table with one entry more, or another value for it. */
    Table with(String key, Node value) {
      Map<String, Node> all = new LinkedHashMap<>(entries);
      all.put(key, value);
      return new Table(all, origin);
    }

    /** The same table without an entry. */
    Table without(String key) {
      Map<String, Node> rest = new LinkedHashMap<>(entries);
      rest.remove(key);
      return new Table(rest, origin);
    }

    /** The table under a key; an empty one if there is none. */
    Table table(String key) {
      return entries.get(key) instanceof Table t ? t : new Table(Map.of(), origin);
    }
  }

  record Items(List<Node> items, Origin origin) implements Node {
    public Items {
      items = List.copyOf(items);
    }
  }

  /**
   * A value whose type was written down.
   *
   * @param value String, Boolean, BigInteger or Double
   */
  record Value(Object value, Origin origin) implements Node {}

  /** A value written without quotes, on the command line or as a default: the reader decides. */
  record Word(String text, Origin origin) implements Node {}
}
