package dev.tutti.core.streams;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which place is audible when, as far as it is rendered: one entry per change. Used by the
 * conductor only.
 */
final class Hearing {
  private static final long JUMP = 50_000;

  /**
   * From this instant on, until the next entry.
   *
   * @param place what is heard at the instant
   * @param rest whether it stands still there in silence
   */
  record Entry(long atMicros, Place place, boolean rest) {
    /** Whether simply going on leads to a place, give or take what rounding does. */
    boolean leadsTo(Place other, long micros) {
      long off = other.elapsedMicros() - place.elapsedMicros() - (micros - atMicros);
      return !rest && Math.abs(off) < JUMP && other.track().equals(place.track());
    }

    /** The place that is heard at a later instant. */
    Place placeAt(long micros) {
      return rest ? place : place.further(Math.max(0, micros - atMicros));
    }
  }

  private final Deque<Entry> entries = new ArrayDeque<>();

  /** Notes that from an instant on, later than all noted so far, something else is heard. */
  void add(Entry entry) {
    cutFrom(entry.atMicros());
    entries.addLast(entry);
  }

  /**
   * Notes what becomes audible with a block: its place if that is new, and new tracks within.
   *
   * @param index where it begins on the grid
   */
  void note(BlockGrid grid, long index, List<Chunk.Mark> marks, boolean newPlace) {
    boolean fresh = newPlace;
    for (Chunk.Mark mark : marks) {
      long at = grid.timeOf(index, mark.offset());
      Entry last = last();
      if (fresh || last == null || !last.leadsTo(mark.place(), at)) {
        add(new Entry(at, mark.place(), false));
      }
      fresh = false;
    }
  }

  /** Notes that from an instant on it stands still where it is. */
  void rest(long micros) {
    Entry last = last();
    add(new Entry(micros, last == null ? Place.UNKNOWN : last.placeAt(micros), true));
  }

  /** Forgets what was to be heard from an instant on. */
  void cutFrom(long micros) {
    while (!entries.isEmpty() && entries.getLast().atMicros() >= micros) {
      entries.removeLast();
    }
  }

  /** What is heard at an instant, or null if nothing was heard up to then. */
  @Nullable Entry at(long micros) {
    Entry found = null;
    for (Entry entry : entries) {
      if (entry.atMicros() > micros) {
        break;
      }
      found = entry;
    }
    return found;
  }

  /** The last entry, also if it lies in the future. */
  @Nullable Entry last() {
    return entries.peekLast();
  }

  /** When something changes next after an instant, or {@link Long#MAX_VALUE}. */
  long nextAfter(long micros) {
    for (Entry entry : entries) {
      if (entry.atMicros() > micros) {
        return entry.atMicros();
      }
    }
    return Long.MAX_VALUE;
  }

  /** Forgets what was over at an instant. */
  void forgetBefore(long micros) {
    while (entries.size() > 1) {
      Iterator<Entry> two = entries.iterator();
      two.next();
      if (two.next().atMicros() > micros) {
        return;
      }
      entries.removeFirst();
    }
  }
}
