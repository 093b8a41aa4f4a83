package dev.tutti.core.streams;

import dev.tutti.api.audio.SourceUri;
import dev.tutti.api.stream.StreamStatus;
import dev.tutti.api.stream.Streams;
import dev.tutti.core.plugins.PluginScope;
import dev.tutti.core.state.StateFile;
import dev.tutti.core.state.StateSaver;
import dev.tutti.core.time.Timers;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Streams that come and go while the server runs. What was added is kept in a file and is back
 * after a restart; whoever listens to a stream that goes is moved first. Any thread; not for audio
 * threads.
 */
public final class AddedStreams implements AutoCloseable {
  /** Relative to the data folder. */
  public static final String FILE_NAME = "streams.json";

  /** Streams at a time; each has a thread and buffers of its own. */
  static final int MAX_STREAMS = 256;

  private static final System.Logger LOG = System.getLogger(AddedStreams.class.getName());

  private final StreamEngine engine;
  private final Function<SourceUri, StreamConfig> plan;
  private final StateSaver saver;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<SourceUri> added = new ArrayList<>();
  private Consumer<List<String>> listChanged = ids -> {};

  private AddedStreams(
      StreamEngine engine, Function<SourceUri, StreamConfig> plan, StateSaver saver) {
    this.engine = engine;
    this.plan = plan;
    this.saver = saver;
  }

  /**
   * Adds what an earlier run has left in a file, behind the streams that are there.
   *
   * @param plan makes a stream of an address; throws IllegalArgumentException if it cannot
   */
  public static AddedStreams restore(
      StreamEngine engine, Function<SourceUri, StreamConfig> plan, StateFile file, Timers timers) {
    AddedStreams streams = new AddedStreams(engine, plan, new StateSaver(file, timers));
    try {
      file.read().map(StreamsJson::read).ifPresent(uris -> uris.forEach(streams::readd));
    } catch (IOException | IllegalArgumentException e) {
      LOG.log(
          Level.ERROR,
          "{0} holds the streams added while running, but cannot be read ({1}); it stays as {2} when"
              + " another is added",
          file.path(),
          e.getMessage(),
          file.backup());
    }
    return streams;
  }

  /** The streams as one plugin sees them. */
  public Streams forPlugin(PluginScope scope) {
    return engine.streams(scope, this);
  }

  private void readd(SourceUri uri) {
    try {
      engine.add(plan.apply(uri));
      added.add(uri);
    } catch (IllegalArgumentException e) {
      LOG.log(Level.WARNING, "the stream {0} is not back: {1}", uri, e.getMessage());
    }
  }

  /** Sets whom to tell, before anything else hears of it, which streams there are from now on. */
  public void onList(Consumer<List<String>> listChanged) {
    lock.lock();
    try {
      this.listChanged = listChanged;
      listChanged.accept(audible(ids()));
    } finally {
      lock.unlock();
    }
  }

  StreamStatus add(SourceUri uri) {
    StreamConfig config = plan.apply(uri);
    lock.lock();
    try {
      if (engine.list().size() >= MAX_STREAMS) {
        throw new IllegalArgumentException("there can be no more than " + MAX_STREAMS + " streams");
      }
      engine.add(config);
      added.add(uri.with("name", config.id()));
      save();
      listChanged.accept(audible(ids()));
      return engine.find(config.id()).orElseThrow();
    } finally {
      lock.unlock();
    }
  }

  boolean remove(String streamId) {
    lock.lock();
    try {
      List<String> left = new ArrayList<>(ids());
      if (!left.remove(streamId)) {
        return false;
      }
      if (left.isEmpty()) {
        throw new IllegalArgumentException(
            "\"" + streamId + "\" is the only stream; add another before it goes");
      }
      listChanged.accept(audible(left));
      engine.remove(streamId);
      if (added.removeIf(uri -> uri.option("name").orElse("").equals(streamId))) {
        save();
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Without the streams that are but the input of others, which nobody can listen to. */
  private List<String> audible(List<String> ids) {
    return engine.list().stream()
        .filter(s -> ids.contains(s.id()) && s.audible())
        .map(StreamStatus::id)
        .toList();
  }

  private List<String> ids() {
    return engine.list().stream().map(StreamStatus::id).toList();
  }

  private void save() {
    saver.saveLater(StreamsJson.write(added));
  }

  @Override
  public void close() {
    saver.close();
  }
}
