package dev.tutti.feeds.meta;

import dev.tutti.api.Registration;
import dev.tutti.api.audio.PlayOrder;
import dev.tutti.api.audio.SampleFormat;
import dev.tutti.api.audio.SourceUri;
import dev.tutti.api.audio.Track;
import dev.tutti.api.json.Json;
import dev.tutti.api.stream.DeepTap;
import dev.tutti.api.stream.StreamStatus;
import dev.tutti.api.stream.StreamStatus.Activity;
import dev.tutti.api.stream.StreamStatus.Playback;
import dev.tutti.api.stream.Streams;
import dev.tutti.api.stream.Tap;
import dev.tutti.api.stream.TimedBlock;
import dev.tutti.api.stream.TransportCommand;
import dev.tutti.api.stream.TransportCommand.Kind;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Streams in the hands of a test: each of one constant value, 20 ms blocks that are due at once.
 */
final class HouseOfStreams implements Streams {
  static final int FRAMES = 960;

  private final List<String> ids = new CopyOnWriteArrayList<>();
  private final Map<String, StreamStatus> statuses = new ConcurrentHashMap<>();
  private final Map<String, ConcurrentSkipListMap<Long, TimedBlock>> blocks =
      new ConcurrentHashMap<>();
  private final List<Consumer<StreamEvent>> listeners = new CopyOnWriteArrayList<>();
  private final List<Runnable> ready = new CopyOnWriteArrayList<>();
  final List<String> commands = new CopyOnWriteArrayList<>();

  HouseOfStreams stream(String id, String uri) {
    ids.add(id);
    statuses.put(id, status(id, uri, Activity.IDLE));
    blocks.put(id, new ConcurrentSkipListMap<>());
    return this;
  }

  private static StreamStatus status(String id, String uri, Activity activity) {
    return new StreamStatus(
        id,
        SourceUri.parse(uri),
        SampleFormat.DEFAULT,
        "pcm",
        activity,
        Playback.PLAYING,
        Track.titled("title of " + id),
        Duration.ZERO,
        0,
        Optional.empty(),
        PlayOrder.STRAIGHT,
        Set.of(Kind.NEXT),
        "",
        Json.of());
  }

  void plays(String id, boolean plays) {
    StreamStatus before = statuses.get(id);
    StreamStatus now =
        status(id, before.uri().toString(), plays ? Activity.PLAYING : Activity.IDLE);
    statuses.put(id, now);
    listeners.forEach(l -> l.accept(new StreamEvent.Changed(before, now)));
  }

  /** Renders a block of one value. */
  void render(String id, float value) {
    ConcurrentSkipListMap<Long, TimedBlock> line = blocks.get(id);
    long next = line.isEmpty() ? 0 : line.lastKey() + 1;
    float[] samples = new float[2 * FRAMES];
    Arrays.fill(samples, value);
    line.put(next, new TimedBlock(next, 0, true, samples, FRAMES, 16, false));
    ready.forEach(Runnable::run);
  }

  @Override
  public List<StreamStatus> list() {
    return ids.stream().map(statuses::get).toList();
  }

  @Override
  public Optional<StreamStatus> find(String streamId) {
    return Optional.ofNullable(statuses.get(streamId));
  }

  @Override
  public StreamStatus add(SourceUri source) {
    throw new UnsupportedOperationException("nothing here adds a stream");
  }

  @Override
  public boolean remove(String streamId) {
    throw new UnsupportedOperationException("nothing here removes a stream");
  }

  @Override
  public boolean setPlaying(String streamId, boolean playing) {
    commands.add(streamId + (playing ? " OPEN" : " CLOSED"));
    return statuses.containsKey(streamId);
  }

  @Override
  public Optional<Boolean> playing(String streamId) {
    return find(streamId).map(s -> true);
  }

  @Override
  public CommandResult command(String streamId, TransportCommand command) {
    commands.add(streamId + " " + command.kind());
    return new CommandResult.Accepted();
  }

  @Override
  public Registration onChange(Consumer<StreamEvent> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  @Override
  public DeepTap listenAhead(String streamId, Runnable ready) {
    throw new UnsupportedOperationException("nobody listens ahead here");
  }

  @Override
  public Tap listen(String streamId, Runnable whenReady) {
    ready.add(whenReady);
    return new Tap() {
      @Override
      public SampleFormat format() {
        return SampleFormat.DEFAULT;
      }

      @Override
      public @Nullable TimedBlock take(long sequence) {
        return blocks.get(streamId).get(sequence);
      }

      @Override
      public long sequenceAt(long micros) {
        return blocks.get(streamId).size();
      }

      @Override
      public void leadMicros(long leadMicros) {}

      @Override
      public void close() {
        ready.remove(whenReady);
      }
    };
  }

  /** How many listen. */
  int taps() {
    return ready.size();
  }
}
