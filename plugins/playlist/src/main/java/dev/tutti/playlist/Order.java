package dev.tutti.playlist;

import dev.tutti.api.audio.PlayOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What follows what. Shuffled order sorts by a hash of seed, run and id: so it is the same after a
 * restart, a file that comes or goes changes nobody else's place, and the neighbours of a file that
 * is gone are still known.
 *
 * @param seed of the shuffle; another seed, another order
 */
record Order(Catalog catalog, PlayOrder mode, long seed) {

  /** The first place of a run, if there is anything to play. */
  Optional<Place> first(int run) {
    return sorted(run).stream().findFirst().map(item -> Place.startOf(item.id(), run));
  }

  /**
   * The place after a track.
   *
   * @param atEnd whether the track ended by itself: then repeat-track applies
   */
  Optional<Place> next(Place from, boolean atEnd) {
    if (atEnd && mode.repeat() == PlayOrder.Repeat.TRACK) {
      return Optional.of(Place.startOf(from.id(), from.run()));
    }
    List<Item> list = sorted(from.run());
    int after = indexAfter(list, from);
    if (after < list.size()) {
      return Optional.of(Place.startOf(list.get(after).id(), from.run()));
    }
    return mode.repeat() == PlayOrder.Repeat.NONE ? Optional.empty() : first(from.run() + 1);
  }

  /** The place before a track; the first track's is itself. */
  Optional<Place> previous(Place from) {
    List<Item> list = sorted(from.run());
    int before = indexBefore(list, from);
    if (before >= 0) {
      return Optional.of(Place.startOf(list.get(before).id(), from.run()));
    }
    if (from.run() > 0) {
      List<Item> former = sorted(from.run() - 1);
      return former.isEmpty()
          ? Optional.empty()
          : Optional.of(Place.startOf(former.getLast().id(), from.run() - 1));
    }
    return first(0);
  }

  private List<Item> sorted(int run) {
    if (!mode.shuffle()) {
      return catalog.items();
    }
    List<Item> list = new ArrayList<>(catalog.items());
    list.sort(Comparator.comparingLong(item -> key(item.id(), run)));
    return list;
  }

  private int indexAfter(List<Item> list, Place from) {
    for (int i = 0; i < list.size(); i++) {
      if (list.get(i).id().equals(from.id())) {
        return i + 1;
      }
    }
    for (int i = 0; i < list.size(); i++) {
      if (isBefore(from, list.get(i))) {
        return i;
      }
    }
    return list.size();
  }

  private int indexBefore(List<Item> list, Place from) {
    return list.stream().anyMatch(item -> item.id().equals(from.id()))
        ? indexAfter(list, from) - 2
        : indexAfter(list, from) - 1;
  }

  private boolean isBefore(Place gone, Item item) {
    return mode.shuffle()
        ? key(gone.id(), gone.run()) < key(item.id(), gone.run())
        : gone.id().compareTo(item.id()) < 0;
  }

  private long key(String id, int run) {
    long h = seed * 0x9E3779B97F4A7C15L + run;
    for (int i = 0; i < id.length(); i++) {
      h = (h ^ id.charAt(i)) * 0xBF58476D1CE4E5B9L;
      h ^= h >>> 29;
    }
    return h ^ (h >>> 32);
  }
}
