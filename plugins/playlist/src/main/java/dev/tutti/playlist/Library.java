package dev.tutti.playlist;

import dev.tutti.api.audio.Track;
import dev.tutti.api.state.StateCell;
import dev.tutti.playlist.LibraryIndex.Entry;
import dev.tutti.playlist.LibraryIndex.Measured;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The music of some folders: what is there now, and what was learned of it. {@link #look} and
 * {@link #readTags} are called by the plugin's timers; everything else from any thread.
 */
final class Library {
  /** Tags of this many files are read at a time, then the folders are looked at again. */
  private static final int TAG_BATCH = 250;

  private final Scanner scanner;
  private final List<Path> roots;
  private final StateCell<LibraryIndex> index;
  private final TagReader tags;
  private final System.Logger log;
  private final Map<String, Item> broken = new ConcurrentHashMap<>();
  private final Set<String> toldProblems = ConcurrentHashMap.newKeySet();
  private final Map<String, Entry> learned = new ConcurrentHashMap<>();
  private volatile Catalog catalog = Catalog.EMPTY;
  private volatile Set<Path> missing = Set.of();

  /**
   * @param roots folders and playlist files, in the order they play
   * @param musicFolders where playlist files may lead, beside their own folder
   */
  Library(
      List<Path> roots,
      List<Path> musicFolders,
      StateCell<LibraryIndex> index,
      TagReader tags,
      System.Logger log) {
    this.roots = roots.stream().map(r -> r.toAbsolutePath().normalize()).toList();
    this.scanner = new Scanner(roots, musicFolders);
    this.index = index;
    this.tags = tags;
    this.log = log;
  }

  /**
   * Looks for files that came or went (S0-23). Files below a root that is away at the moment stay
   * listed.
   */
  void look() {
    Scanner.Found found = scanner.scan();
    found.problems().stream()
        .filter(toldProblems::add)
        .forEach(problem -> log.log(Level.WARNING, problem));
    List<Item> items = new ArrayList<>();
    for (int i = 0; i < roots.size(); i++) {
      String prefix = i + "/";
      boolean away = found.missing().contains(roots.get(i));
      (away ? catalog.items() : found.items())
          .stream().filter(item -> item.id().startsWith(prefix)).forEach(items::add);
    }
    tellOfRoots(Set.copyOf(found.missing()));
    if (!items.equals(catalog.items())) {
      catalog = new Catalog(items);
      broken.entrySet().removeIf(e -> !catalog.item(e.getKey()).equals(Optional.of(e.getValue())));
    }
  }

  private void tellOfRoots(Set<Path> now) {
    for (Path root : now) {
      if (!missing.contains(root)) {
        log.log(Level.WARNING, "the music folder " + root + " is not there; waiting for it");
      }
    }
    for (Path root : missing) {
      if (!now.contains(root)) {
        log.log(Level.INFO, "the music folder " + root + " is back");
      }
    }
    missing = now;
  }

  /** Reads the tags of files that are new or changed, a batch at a time. */
  void readTags() {
    int read = 0;
    for (Item item : catalog.items()) {
      if (read >= TAG_BATCH || Thread.currentThread().isInterrupted()) {
        return;
      }
      if (entry(item) == null && !missingRoot(item)) {
        learned.put(item.id(), tags.read(item));
        read++;
      }
    }
  }

  /** Remembers for the next start what was learned since the last call. */
  void remember() {
    Map<String, Entry> now = Map.copyOf(learned);
    if (!now.isEmpty()) {
      Catalog present = catalog;
      index.update(i -> i.with(now).prunedTo(present));
      now.forEach(learned::remove);
    }
  }

  Catalog catalog() {
    return catalog;
  }

  /** What is known of a file as it is now, or null. */
  @Nullable Entry entry(Item item) {
    Entry fresh = learned.get(item.id());
    Entry entry = fresh == null ? index.snapshot().state().entries().get(item.id()) : fresh;
    return entry != null && entry.isOf(item) ? entry : null;
  }

  /** What is known of a file; reads its tags now if that has not been done. */
  Entry entryNow(Item item) {
    Entry known = entry(item);
    if (known != null) {
      return known;
    }
    Entry read = tags.read(item);
    learned.put(item.id(), read);
    return read;
  }

  void measured(Item item, Measured measured) {
    Entry entry = entry(item);
    if (entry != null) {
      learned.put(item.id(), entry.with(measured));
    }
  }

  /** Says once why a file cannot be played, and leaves it out until it changes. */
  void broken(Item item, String reason) {
    if (broken.put(item.id(), item) == null) {
      String name = item.file().toString();
      log.log(Level.WARNING, "skipping " + (reason.contains(name) ? reason : name + ": " + reason));
    }
  }

  boolean isBroken(Item item) {
    return item.equals(broken.get(item.id()));
  }

  /** Whether the folder a file belongs to is away at the moment. */
  boolean missingRoot(Item item) {
    return missing.stream().anyMatch(root -> item.file().startsWith(root));
  }

  /** For messages: where the music should be. */
  String place() {
    return roots.isEmpty()
        ? "no folder"
        : String.join(", ", roots.stream().map(Path::toString).toList());
  }

  Track track(Item item) {
    Entry entry = entryNow(item);
    return new Track(
        item.id(),
        entry.title(),
        entry.artists(),
        entry.album(),
        entry.durationMs() > 0
            ? Optional.of(Duration.ofMillis(entry.durationMs()))
            : Optional.empty(),
        entry.artId().isEmpty()
            ? Optional.empty()
            : Optional.of(
                new FileArt(
                    entry.artId(),
                    entry.artFile().isEmpty() ? item.file() : Path.of(entry.artFile()),
                    entry.artFile().isEmpty())));
  }
}
