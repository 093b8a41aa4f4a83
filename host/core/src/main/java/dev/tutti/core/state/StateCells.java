package dev.tutti.core.state;

import dev.tutti.api.StateCorrupt;
import dev.tutti.api.state.StateCell;
import dev.tutti.core.time.Timers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/**
 * The state cells of one owner, each a JSON file {@code NAME.json} in the owner's folder. All that
 * knows the owner's classes, JSON mapping included, hangs on this object and goes with it.
 * Thread-safe.
 */
public final class StateCells implements AutoCloseable {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");

  private final Path folder;
  private final Disk disk;
  private final Timers timers;
  private final BiConsumer<String, Runnable> post;
  private final CellJson json = new CellJson();
  private final Map<String, PersistentCell<?>> cells = new HashMap<>();
  private boolean closed;

  /**
   * @param post runs listeners, given what they are and the call; in order
   */
  public StateCells(Path folder, Disk disk, Timers timers, BiConsumer<String, Runnable> post) {
    this.folder = folder;
    this.disk = disk;
    this.timers = timers;
    this.post = post;
  }

  /**
   * The cell of a name: always the same one.
   *
   * @param initial used when nothing is stored yet; stored with the first change
   * @throws StateCorrupt if the stored file cannot be read
   * @throws IllegalArgumentException if the name is no name, or is in use for another type
   * @throws IllegalStateException after {@link #close}
   */
  public synchronized <S extends Record> StateCell<S> cell(String name, Class<S> type, S initial) {
    if (closed) {
      throw new IllegalStateException("the owner of the state '" + name + "' has been stopped");
    }
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "'" + name + "' is no name for state: lower-case letters, digits and dashes only");
    }
    PersistentCell<?> there = cells.get(name);
    if (there == null) {
      PersistentCell<S> cell = open(name, type, initial);
      cells.put(name, cell);
      return cell;
    }
    return there.as(type);
  }

  private <S extends Record> PersistentCell<S> open(String name, Class<S> type, S initial) {
    StateFile file = new StateFile(folder.resolve(name + ".json"), disk);
    StateCell.Snapshot<S> first =
        stored(file)
            .map(bytes -> read(file, bytes, type))
            .orElse(new StateCell.Snapshot<>(0, initial));
    return new PersistentCell<>(name, type, first, new StateSaver(file, timers), json, post);
  }

  private static Optional<byte[]> stored(StateFile file) {
    try {
      return file.read();
    } catch (IOException unreadable) {
      throw new StateCorrupt(
          "%s cannot be read (%s); make it readable for Tutti, or move it away to begin afresh"
              .formatted(file.path(), unreadable));
    }
  }

  private <S extends Record> StateCell.Snapshot<S> read(
      StateFile file, byte[] bytes, Class<S> type) {
    try {
      return json.read(bytes, type);
    } catch (IllegalArgumentException broken) {
      throw new StateCorrupt(
          ("%s does not hold what it should (%s); it was left as it is. Put the previous good copy"
                  + " in its place (mv '%s' '%s'), or move it away to begin afresh")
              .formatted(file.path(), broken.getMessage(), file.backup(), file.path()));
    }
  }

  /** Stores what is not stored yet; every cell refuses changes from then on. */
  @Override
  public synchronized void close() {
    closed = true;
    cells.values().forEach(PersistentCell::close);
    cells.clear();
  }
}
