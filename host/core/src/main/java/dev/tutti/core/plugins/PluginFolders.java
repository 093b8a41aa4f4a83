package dev.tutti.core.plugins;

import dev.tutti.api.Clock;
import dev.tutti.core.plugins.JarWatch.Stamp;
import dev.tutti.core.plugins.PluginSettings.Patience;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Watches folders for jars, on a thread of its own, {@code plugin-folders}. What the file system
 * reports is only a hint to look now; {@link JarWatch} decides.
 */
final class PluginFolders implements AutoCloseable {
  private static final Logger LOG = System.getLogger(PluginFolders.class.getName());
  private static final int MAX_JARS = 1000;

  private final List<Path> folders;
  private final Clock clock;
  private final JarStore store;
  private final JarWatch watch;
  private final BiConsumer<List<JarEntry>, Set<Path>> listener;
  private final Map<Path, JarEntry> entries = new TreeMap<>();
  private final Map<Path, Map<Path, Stamp>> lastListing = new HashMap<>();
  private final Map<Path, WatchKey> keys = new HashMap<>();
  private final Set<Path> unreadable = new HashSet<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;
  private @Nullable WatchService service;

  /**
   * @param listener told, on the watching thread, of all jars and of those just read; the first
   *     time when the folders have been looked through once
   */
  PluginFolders(
      List<Path> folders,
      Patience patience,
      Clock clock,
      JarStore store,
      BiConsumer<List<JarEntry>, Set<Path>> listener) {
    this.folders = folders;
    this.clock = clock;
    this.store = store;
    this.listener = listener;
    watch = new JarWatch(patience, JarReader::opens);
    thread = Thread.ofPlatform().name("plugin-folders").daemon(true).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  @Override
  public void close() {
    closed.countDown();
    thread.interrupt();
  }

  private void run() {
    try (WatchService opened = open()) {
      service = opened;
      boolean first = true;
      while (closed.getCount() > 0) {
        JarWatch.Look look = watch.look(clock.nowMicros(), listing());
        if (first || !look.read().isEmpty() || !look.gone().isEmpty()) {
          take(look);
          first = false;
        }
        await(look.nextMicros());
      }
    } catch (InterruptedException | ClosedWatchServiceException ended) {
      LOG.log(Level.DEBUG, "plugin folders are no longer watched");
    } catch (IOException failed) {
      LOG.log(Level.WARNING, "cannot let go of the watched plugin folders", failed);
    }
  }

  /** Without one (a system has a limit) the folders are looked through at intervals. */
  private @Nullable WatchService open() {
    try {
      return folders.isEmpty() ? null : folders.getFirst().getFileSystem().newWatchService();
    } catch (IOException limit) {
      LOG.log(
          Level.WARNING,
          "the system cannot watch folders (" + limit + "); changes of plugins are seen later");
      return null;
    }
  }

  private void await(long untilMicros) throws InterruptedException {
    long waitMicros = Math.max(1, untilMicros - clock.nowMicros());
    WatchService watching = service;
    if (watching == null) {
      boolean closing = closed.await(waitMicros, TimeUnit.MICROSECONDS);
      assert !closing || closed.getCount() == 0;
      return;
    }
    folders.forEach(folder -> register(watching, folder));
    WatchKey key = watching.poll(waitMicros, TimeUnit.MICROSECONDS);
    while (key != null) {
      key.pollEvents();
      if (!key.reset()) {
        keys.values().remove(key);
      }
      key = watching.poll();
    }
  }

  /** Again and again: a folder may be made later, or be removed and made anew. */
  private void register(WatchService watching, Path folder) {
    WatchKey there = keys.get(folder);
    if (there != null && there.isValid()) {
      return;
    }
    try {
      keys.put(
          folder,
          folder.register(
              watching,
              StandardWatchEventKinds.ENTRY_CREATE,
              StandardWatchEventKinds.ENTRY_MODIFY,
              StandardWatchEventKinds.ENTRY_DELETE));
    } catch (IOException notThere) {
      LOG.log(Level.DEBUG, folder + " cannot be watched now: " + notThere);
    }
  }

  private void take(JarWatch.Look look) {
    look.gone().forEach(entries::remove);
    for (Path jar : look.read()) {
      JarEntry entry = store.take(jar, folders.indexOf(jar.getParent()));
      entries.put(jar, entry.after(entries.get(jar)));
    }
    Set<String> hashes = new HashSet<>();
    entries.values().forEach(e -> e.offer().ifPresent(o -> hashes.add(o.hash())));
    store.retain(hashes);
    listener.accept(List.copyOf(entries.values()), Set.copyOf(look.read()));
  }

  private Map<Path, Stamp> listing() {
    Map<Path, Stamp> all = new TreeMap<>();
    for (Path folder : folders) {
      all.putAll(listing(folder));
    }
    return all;
  }

  private Map<Path, Stamp> listing(Path folder) {
    Map<Path, Stamp> found = new HashMap<>();
    try (DirectoryStream<Path> jars = Files.newDirectoryStream(folder, "*.jar")) {
      for (Path jar : jars) {
        if (found.size() < MAX_JARS && !String.valueOf(jar.getFileName()).startsWith(".")) {
          stamp(jar, found);
        }
      }
      unreadable.remove(folder);
      lastListing.put(folder, found);
      return found;
    } catch (NoSuchFileException | NotDirectoryException notThere) {
      return found;
    } catch (IOException | DirectoryIteratorException failed) {
      // A network share that hiccups must not stop every plugin.
      if (unreadable.add(folder)) {
        LOG.log(
            Level.WARNING,
            folder + " cannot be read (" + failed + "); its plugins stay as they are");
      }
      return lastListing.getOrDefault(folder, Map.of());
    }
  }

  private static void stamp(Path jar, Map<Path, Stamp> found) throws IOException {
    try {
      BasicFileAttributes a = Files.readAttributes(jar, BasicFileAttributes.class);
      if (a.isRegularFile()) {
        found.put(jar, new Stamp(a.size(), a.lastModifiedTime().toMillis()));
      }
    } catch (NoSuchFileException goneMeanwhile) {
      found.remove(jar);
    }
  }
}
