package dev.tutti.core.streams;

import dev.tutti.core.state.Disk;
import dev.tutti.core.state.StateFile;
import dev.tutti.core.state.StateSaver;
import dev.tutti.core.time.Timers;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicBoolean;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Anchors in one file, {@code anchors.json}, written atomically on a timer's thread. A file that
 * cannot be read is put aside as {@code anchors.json.corrupt} and named in the log; streams then
 * begin at their beginning.
 */
public final class AnchorFile implements AnchorStore, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(AnchorFile.class.getName());
  private static final int MOST_BYTES = 16 << 20;

  /**
   * What the file holds.
   *
   * @param clock the id of the clock the instants belong to
   */
  private record Stored(String clock, List<Anchor> anchors) {}

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .build();

  private final String clockId;
  private final StateSaver saver;
  private final Timers timers;
  private final Map<String, Anchor> anchors = new ConcurrentSkipListMap<>();
  private final AtomicBoolean scheduled = new AtomicBoolean();

  /**
   * Reads the file.
   *
   * @param folder where it is or will be
   * @param clockId of this run of the machine, see {@link dev.tutti.core.time.ClockId}
   */
  public AnchorFile(Path folder, Disk disk, Timers timers, String clockId) {
    this.clockId = clockId;
    this.timers = timers;
    StateFile file = new StateFile(folder.resolve("anchors.json"), disk);
    this.saver = new StateSaver(file, timers);
    read(file, disk);
  }

  private void read(StateFile file, Disk disk) {
    try {
      Optional<byte[]> bytes = file.read();
      if (bytes.isPresent()) {
        parse(bytes.get());
      }
    } catch (IOException | IllegalArgumentException e) {
      Path aside = file.path().resolveSibling(file.path().getFileName() + ".corrupt");
      LOG.log(
          Level.WARNING,
          "{0} cannot be read ({1}): it is kept as {2}, and streams begin at their beginning",
          file.path(),
          e.getMessage(),
          aside);
      putAside(file, disk, aside);
    }
  }

  private void parse(byte[] bytes) {
    if (bytes.length > MOST_BYTES) {
      throw new IllegalArgumentException("longer than " + MOST_BYTES + " bytes");
    }
    try {
      Stored stored = MAPPER.readValue(bytes, Stored.class);
      if (stored == null || stored.anchors().stream().anyMatch(Objects::isNull)) {
        throw new IllegalArgumentException("expected \"clock\" and \"anchors\"");
      }
      boolean sameClock = !clockId.isEmpty() && clockId.equals(stored.clock());
      for (Anchor anchor : stored.anchors()) {
        anchors.put(anchor.streamId(), sameClock ? anchor : anchor.withoutInstant());
      }
    } catch (JacksonException e) {
      throw new IllegalArgumentException(e.getOriginalMessage(), e);
    }
  }

  private static void putAside(StateFile file, Disk disk, Path aside) {
    try {
      disk.replace(file.path(), aside);
    } catch (IOException e) {
      LOG.log(Level.WARNING, "{0} cannot be renamed: {1}", file.path(), e.getMessage());
    }
  }

  @Override
  public Optional<Anchor> load(String streamId) {
    return Optional.ofNullable(anchors.get(streamId));
  }

  @Override
  public void save(Anchor anchor) {
    anchors.put(anchor.streamId(), anchor);
    if (scheduled.compareAndSet(false, true)) {
      var _ = timers.at(timers.clock().nowMicros(), "anchors", this::flush);
    }
  }

  @Override
  public void flush() {
    scheduled.set(false);
    saver.save(MAPPER.writeValueAsBytes(new Stored(clockId, List.copyOf(anchors.values()))));
  }

  /** Stores what is not stored yet, for the last time. */
  @Override
  public void close() {
    saver.close();
  }
}
