package dev.tutti.core.zones;

import dev.tutti.api.Registration;
import dev.tutti.api.zone.Group;
import dev.tutti.core.state.Disk;
import dev.tutti.core.state.StateFile;
import dev.tutti.core.state.StateSaver;
import dev.tutti.core.time.Timers;
import dev.tutti.core.zones.ServerJson.NotServerJson;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;

/**
 * Keeps players and groups across restarts, in the file snapserver would use: read once at the
 * start, written two seconds after a change and at the stop, never by the thread that makes the
 * change. A disk that refuses is the {@link StateSaver}'s business.
 *
 * <p>A file that is not what it should be is renamed, never overwritten; the copy before it is used
 * if there is a good one.
 */
public final class ZoneKeeper implements AutoCloseable {
  /** Relative to the data folder. */
  public static final String FILE_NAME = "server.json";

  private static final System.Logger LOG = System.getLogger(ZoneKeeper.class.getName());
  private static final long DELAY_MICROS = 2_000_000;

  private final ZoneStore store;
  private final Timers timers;
  private final StateSaver saver;
  private final Registration changes;
  private final AtomicBoolean planned = new AtomicBoolean();
  private volatile boolean closed;

  private ZoneKeeper(ZoneStore store, StateFile file, Timers timers) {
    this.store = store;
    this.timers = timers;
    this.saver = new StateSaver(file, timers);
    this.changes = store.onChange(event -> plan());
  }

  /**
   * Reads what an earlier run, or a snapserver, left in the data folder.
   *
   * @param wallClock names files that are put aside
   * @return for the constructor of {@link ZoneStore}
   * @throws IOException if the file is there but can neither be read nor put aside, so that going
   *     on would overwrite it; the message says what to do
   */
  public static List<Group> load(
      Path dataFolder, Disk disk, InstantSource wallClock, RandomGenerator random)
      throws IOException {
    StateFile file = new StateFile(dataFolder.resolve(FILE_NAME), disk);
    GroupIds ids = new GroupIds(random);
    try {
      Optional<byte[]> stored = file.read();
      return stored.isEmpty() ? List.of() : ServerJson.read(stored.get(), ids);
    } catch (NotServerJson e) {
      return afterTrouble(file, disk, wallClock, ids, e.trouble());
    } catch (IOException e) {
      return afterTrouble(file, disk, wallClock, ids, "it cannot be read: " + e);
    }
  }

  private static List<Group> afterTrouble(
      StateFile file, Disk disk, InstantSource wallClock, GroupIds ids, String trouble)
      throws IOException {
    Path aside =
        file.path().resolveSibling(FILE_NAME + ".corrupt-" + wallClock.instant().getEpochSecond());
    try {
      disk.replace(file.path(), aside);
    } catch (IOException e) {
      throw new IOException(
          file.path()
              + " holds the players and groups, but "
              + trouble
              + "; it could not be put aside either. Make it readable, or move it away, and start"
              + " again",
          e);
    }
    Optional<List<Group>> previous = previous(disk, file.backup(), ids);
    LOG.log(
        Level.ERROR,
        "{0} held the players and groups, but {1}. It is kept as {2}; {3}",
        file.path(),
        trouble,
        aside,
        previous.isPresent()
            ? "the copy before it is used, so only the last changes are missing"
            : "all players start anew. Repair it and put it back while Tutti is stopped");
    return previous.orElse(List.of());
  }

  private static Optional<List<Group>> previous(Disk disk, Path backup, GroupIds ids) {
    try {
      return Optional.of(ServerJson.read(disk.read(backup), ids));
    } catch (IOException | NotServerJson e) {
      LOG.log(Level.DEBUG, "no use in {0}: {1}", backup, e.getMessage());
      return Optional.empty();
    }
  }

  /** Begins to keep a store's state in the data folder. */
  public static ZoneKeeper keep(ZoneStore store, Path dataFolder, Disk disk, Timers timers) {
    return new ZoneKeeper(store, new StateFile(dataFolder.resolve(FILE_NAME), disk), timers);
  }

  /** Counted from the first change that is not stored, so that steady change cannot put it off. */
  private void plan() {
    if (planned.compareAndSet(false, true)) {
      var _ = timers.at(timers.clock().nowMicros() + DELAY_MICROS, "zones-saver", this::saveIfOpen);
    }
  }

  private void saveIfOpen() {
    planned.set(false);
    if (!closed) {
      save();
    }
  }

  private void save() {
    saver.save(ServerJson.write(store.snapshot().groups()));
  }

  /** Stores the last state; call it after the last change. */
  @Override
  public void close() {
    closed = true;
    changes.close();
    if (planned.get() || !store.snapshot().groups().isEmpty()) {
      save();
    }
    saver.close();
  }
}
