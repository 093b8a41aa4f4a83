package dev.tutti.playlist;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The playable files at one moment, in their straight order. Immutable. */
final class Catalog {
  static final Catalog EMPTY = new Catalog(List.of());

  private final List<Item> items;
  private final Map<String, Item> byId = new HashMap<>();

  Catalog(List<Item> items) {
    this.items = List.copyOf(items);
    items.forEach(item -> byId.putIfAbsent(item.id(), item));
  }

  List<Item> items() {
    return items;
  }

  Optional<Item> item(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  boolean isEmpty() {
    return items.isEmpty();
  }
}
