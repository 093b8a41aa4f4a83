package dev.tutti.core.streams;

import dev.tutti.api.audio.SampleFormat;
import dev.tutti.api.audio.SourceUri;
import dev.tutti.api.audio.Sources.SourceFactory;
import dev.tutti.api.stream.StreamStatus;
import dev.tutti.api.stream.Streams.CommandResult;
import dev.tutti.api.stream.TransportCommand;
import dev.tutti.core.plugins.FakeScope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;

/** Streams, sources and listeners in virtual time, on one thread. */
final class Bench implements Patience, AutoCloseable {
  static final SampleFormat FORMAT = SampleFormat.DEFAULT;
  static final int CHUNK_MS = 20;
  static final long START = 5_000_000_000L;

  private record Event(long at, long order, Runnable what) {}

  final InlineSources sources = new InlineSources();
  final MemoryAnchors anchors;
  final StreamEngine engine;
  private final List<Listener> listeners = new ArrayList<>();
  private final List<DeepListener> deep = new ArrayList<>();
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::order));
  private long order;
  private boolean nudged;
  private long now;

  Bench() {
    this(START, new MemoryAnchors(), t -> t);
  }

  Bench(long now, MemoryAnchors anchors, UnaryOperator<StreamTiming> timing) {
    this.now = now;
    this.anchors = anchors;
    this.engine =
        new StreamEngine(timing.apply(StreamTiming.ofBufferMs(1000)), sources, anchors, this);
    engine.onEvent(() -> nudged = true);
  }

  long now() {
    return now;
  }

  /** A stream {@code test://} with the usual format. */
  Bench stream(String id) {
    return stream(id, FORMAT, CHUNK_MS);
  }

  /** A stream with more options, such as {@code &delay=3000}. */
  Bench stream(String id, String options) {
    SourceUri uri = SourceUri.parse("test:///" + id + "?name=" + id + options);
    engine.add(new StreamConfig(id, uri, FORMAT, "pcm", CHUNK_MS));
    return this;
  }

  Bench stream(String id, SampleFormat format, int chunkMs) {
    SourceUri uri = SourceUri.parse("test:///" + id + "?name=" + id);
    engine.add(new StreamConfig(id, uri, format, "pcm", chunkMs));
    return this;
  }

  /** A plugin that plays {@code test://}; closing the scope takes it away. */
  FakeScope plugin(SourceFactory factory) {
    FakeScope scope = new FakeScope("test-plugin");
    engine.sources(scope).provide("test", factory);
    return scope;
  }

  Listener listen(String streamId, Duration lead) {
    Listener listener = new Listener(engine, streamId, lead.toNanos() / 1000, now);
    listeners.add(listener);
    return listener;
  }

  DeepListener listenAhead(String streamId, Duration depth, Duration horizon) {
    DeepListener listener =
        new DeepListener(engine, streamId, depth.toNanos() / 1000, horizon.toNanos() / 1000, now);
    deep.add(listener);
    return listener;
  }

  void forget(Listener listener) {
    listener.close();
    listeners.remove(listener);
  }

  StreamStatus status(String streamId) {
    return engine.find(streamId).orElseThrow();
  }

  /** Does something later. */
  void at(long micros, Runnable what) {
    events.add(new Event(micros, order++, what));
  }

  void in(Duration delay, Runnable what) {
    at(now + delay.toNanos() / 1000, what);
  }

  CommandResult command(String streamId, TransportCommand command) {
    try {
      return await(engine.command(streamId, command));
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  void run(Duration span) {
    runTo(now + span.toNanos() / 1000);
  }

  void runTo(long end) {
    while (now < end) {
      now = Math.min(end, turn());
    }
    turn();
  }

  /** Everything that is due now; answers when something is due next. */
  private long turn() {
    while (!events.isEmpty() && events.peek().at() <= now) {
      events.remove().what().run();
    }
    long wake;
    int turns = 0;
    do {
      nudged = false;
      wake = engine.step(now);
      nudged |= sources.run();
      if (++turns > 10_000) {
        throw new AssertionError("the engine never comes to rest at " + now);
      }
    } while (nudged);
    for (Listener listener : listeners) {
      wake = Math.min(wake, listener.take(now));
    }
    deep.forEach(listener -> listener.look(now));
    if (!events.isEmpty()) {
      wake = Math.min(wake, events.peek().at());
    }
    return Math.max(now + 1, wake);
  }

  @Override
  public <T> T await(CompletableFuture<T> answer) throws ExecutionException, TimeoutException {
    long limit = now + 5_000_000;
    while (!answer.isDone() && now < limit) {
      long next = turn();
      if (!answer.isDone()) {
        now = Math.min(limit, next);
      }
    }
    if (!answer.isDone()) {
      throw new TimeoutException("no answer in virtual time");
    }
    return answer.resultNow();
  }

  @Override
  public void close() {
    engine.close(now);
    sources.run();
  }

  /** Anchors as they would be on disk. */
  static final class MemoryAnchors implements AnchorStore {
    private final Map<String, Anchor> saved = new HashMap<>();

    @Override
    public Optional<Anchor> load(String streamId) {
      return Optional.ofNullable(saved.get(streamId));
    }

    @Override
    public void save(Anchor anchor) {
      saved.put(anchor.streamId(), anchor);
    }

    @Override
    public void flush() {}
  }
}
