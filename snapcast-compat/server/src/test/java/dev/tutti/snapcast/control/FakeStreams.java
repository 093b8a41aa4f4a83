package dev.tutti.snapcast.control;

import dev.tutti.api.Registration;
import dev.tutti.api.audio.Art;
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
import dev.tutti.api.stream.TransportCommand;
import dev.tutti.api.stream.TransportCommand.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Streams that only say what they are; events go through the given queue. */
final class FakeStreams implements Streams {
  final List<TransportCommand> commands = new ArrayList<>();
  CommandResult answer = new CommandResult.Accepted();
  private final List<StreamStatus> all = new CopyOnWriteArrayList<>();
  private final List<Consumer<StreamEvent>> listeners = new CopyOnWriteArrayList<>();
  private final Consumer<Runnable> events;

  FakeStreams(Consumer<Runnable> events) {
    this.events = events;
  }

  /** A playlist with everything to control, twelve and a half seconds into a track. */
  static StreamStatus playlist(String id) {
    return new StreamStatus(
        id,
        SourceUri.parse("playlist:///music?name=" + id),
        SampleFormat.DEFAULT,
        "flac",
        Activity.PLAYING,
        Playback.PLAYING,
        new Track(
            "a/b.flac",
            "A Title",
            List.of("One", "Two"),
            "An Album",
            Optional.of(Duration.ofMillis(201_300)),
            Optional.of(new Picture("0cc175b9c0f1b6a831c399e269772661.jpg"))),
        Duration.ofMillis(12_500),
        0,
        Optional.empty(),
        PlayOrder.STRAIGHT,
        EnumSet.complementOf(EnumSet.of(Kind.PLAYER)),
        "",
        Json.of());
  }

  /** A pipe nobody writes to. */
  static StreamStatus pipe(String id) {
    return new StreamStatus(
        id,
        SourceUri.parse("pipe:///var/lib/music/fifo?name=" + id + "&mode=create"),
        SampleFormat.DEFAULT,
        "flac",
        Activity.IDLE,
        Playback.PLAYING,
        Track.UNKNOWN,
        Duration.ZERO,
        0,
        Optional.empty(),
        PlayOrder.STRAIGHT,
        Set.of(),
        "",
        Json.of());
  }

  void add(StreamStatus status) {
    all.add(status);
    tell(new StreamEvent.Added(status));
  }

  @Override
  public StreamStatus add(SourceUri source) {
    StreamStatus status = pipe(source.option("name").orElseThrow());
    add(
        StreamStates.source(
            status, source, status.format(), source.option("codec").orElse(status.codec())));
    return find(status.id()).orElseThrow();
  }

  @Override
  public boolean remove(String id) {
    boolean known = all.removeIf(s -> s.id().equals(id));
    if (known) {
      tell(new StreamEvent.Removed(id));
    }
    return known;
  }

  void change(String id, UnaryOperator<StreamStatus> change) {
    for (int i = 0; i < all.size(); i++) {
      StreamStatus before = all.get(i);
      if (before.id().equals(id)) {
        StreamStatus now = change.apply(before);
        all.set(i, now);
        tell(new StreamEvent.Changed(before, now));
      }
    }
  }

  private void tell(StreamEvent event) {
    listeners.forEach(l -> events.accept(() -> l.accept(event)));
  }

  @Override
  public List<StreamStatus> list() {
    return List.copyOf(all);
  }

  @Override
  public Optional<StreamStatus> find(String streamId) {
    return all.stream().filter(s -> s.id().equals(streamId)).findFirst();
  }

  @Override
  public boolean setPlaying(String streamId, boolean playing) {
    return find(streamId).isPresent();
  }

  @Override
  public Optional<Boolean> playing(String streamId) {
    return find(streamId).map(s -> true);
  }

  @Override
  public CommandResult command(String streamId, TransportCommand command) {
    commands.add(command);
    return answer;
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
  public Tap listen(String streamId, Runnable ready) {
    throw new UnsupportedOperationException("nobody listens here");
  }

  /** Three bytes that call themselves a picture, or something else. */
  record Picture(String id, String mediaType) implements Art {
    Picture(String id) {
      this(id, "image/jpeg");
    }

    @Override
    public byte[] bytes() {
      return new byte[] {1, 2, 3};
    }
  }
}
