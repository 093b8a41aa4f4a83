package dev.tutti.playlist;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was learned of the files, remembered between starts.
 *
 * @param entries by item id
 */
record LibraryIndex(Map<String, Entry> entries) {
  static final LibraryIndex EMPTY = new LibraryIndex(Map.of());

  LibraryIndex {
    entries = Map.copyOf(entries);
  }

  LibraryIndex with(Map<String, Entry> changed) {
    Map<String, Entry> all = new HashMap<>(entries);
    all.putAll(changed);
    return new LibraryIndex(all);
  }

  /**
   * Forgets files that are gone, once there are very many of them: a folder that is only away comes
   * back.
   */
  LibraryIndex prunedTo(Catalog present) {
    if (entries.size() < 10_000 + 4 * present.items().size()) {
      return this;
    }
    Map<String, Entry> kept = new HashMap<>(entries);
    kept.keySet().removeIf(id -> present.item(id).isEmpty());
    return new LibraryIndex(kept);
  }

  /**
   * One file.
   *
   * @param sizeBytes and {@code modifiedMillis}: the file these facts are about
   * @param durationMs 0 if unknown
   * @param trackGainDb and the next three from ReplayGain tags, null without
   * @param loudness measured, null until then
   * @param artId of the cover, or empty
   * @param artFile a picture beside the file, or empty if the picture is inside it
   */
  record Entry(
      long sizeBytes,
      long modifiedMillis,
      String title,
      List<String> artists,
      String album,
      long durationMs,
      @Nullable Double trackGainDb,
      @Nullable Double trackPeak,
      @Nullable Double albumGainDb,
      @Nullable Double albumPeak,
      @Nullable Measured loudness,
      String artId,
      String artFile) {
    boolean isOf(Item item) {
      return sizeBytes == item.sizeBytes() && modifiedMillis == item.modifiedMillis();
    }

    Entry with(Measured measured) {
      return new Entry(
          sizeBytes,
          modifiedMillis,
          title,
          artists,
          album,
          durationMs,
          trackGainDb,
          trackPeak,
          albumGainDb,
          albumPeak,
          measured,
          artId,
          artFile);
    }
  }

  /**
   * What EBU R128 says of a file.
   *
   * @param lufs integrated loudness
   * @param truePeakDb in dBTP
   */
  record Measured(double lufs, double truePeakDb) {}
}
