package dev.tutti.playlist;

import dev.tutti.api.audio.SampleFormat;
import dev.tutti.api.state.StateCell;
import dev.tutti.playlist.LibraryIndex.Entry;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Opens tracks at the gain they are to have, and remembers which cannot be played. On the stream's
 * source thread.
 */
final class TrackOpener {
  private final Library library;
  private final StateCell<Mode> mode;
  private final GainPolicy gain;
  private final SampleFormat format;

  TrackOpener(Library library, StateCell<Mode> mode, GainPolicy gain, SampleFormat format) {
    this.library = library;
    this.mode = mode;
    this.gain = gain;
    this.format = format;
  }

  /**
   * Opens the track of a place.
   *
   * @return null if this one cannot be played
   * @throws IOException if its whole folder is not there
   */
  @Nullable TrackReader open(Place at) throws IOException {
    Item item = library.catalog().item(at.id()).orElse(null);
    if (item == null || library.isBroken(item)) {
      return null;
    }
    if (library.missingRoot(item)) {
      throw new IOException("the music folder of " + item.file() + " is not there");
    }
    try {
      return TrackReader.open(item.file(), format, gainDb(at, item), at.frame());
    } catch (IOException e) {
      library.look();
      if (library.missingRoot(item)) {
        throw new IOException("the music folder of " + item.file() + " is not there", e);
      }
      broken(item, e);
      return null;
    }
  }

  /** A track turned out not to be playable. */
  void broken(Item item, IOException e) {
    library.broken(item, e.getMessage() == null ? e.toString() : e.getMessage());
  }

  /** Decided once, at the track's start. */
  private double gainDb(Place at, Item item) throws IOException {
    Entry entry = library.entryNow(item);
    return Double.isNaN(at.gainDb()) ? gain.gainDb(entry, wholeAlbum(item, entry)) : at.gainDb();
  }

  private boolean wholeAlbum(Item item, Entry entry) {
    List<Item> list = library.catalog().items();
    int at = list.indexOf(item);
    return !mode.snapshot().state().shuffle()
        && !entry.album().isEmpty()
        && (sameAlbum(list, at - 1, entry) || sameAlbum(list, at + 1, entry));
  }

  private boolean sameAlbum(List<Item> list, int at, Entry entry) {
    Entry other = at < 0 || at >= list.size() ? null : library.entry(list.get(at));
    return other != null && other.album().equals(entry.album());
  }
}
