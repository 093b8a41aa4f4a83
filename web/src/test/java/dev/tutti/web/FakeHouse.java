package dev.tutti.web;

import dev.tutti.api.Clock;
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
import dev.tutti.api.stream.TransportCommand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Streams that obey at once and make no sound. */
final class FakeHouse implements Streams {
  final java.util.Map<String, Boolean> gates = new java.util.concurrent.ConcurrentHashMap<>();
  private final Clock clock;
  private final List<StreamStatus> streams = new ArrayList<>();
  private final List<Consumer<StreamEvent>> listeners = new CopyOnWriteArrayList<>();
  final List<TransportCommand> commands = new CopyOnWriteArrayList<>();
  volatile Optional<CommandResult.Refused> refusal = Optional.empty();

  FakeHouse(Clock clock) {
    this.clock = clock;
  }

  /** A stream that plays, and takes every command. */
  FakeHouse playing(String id, Track track, Duration position) {
    add(
        new StreamStatus(
            id,
            SourceUri.parse("playlist:///music?name=" + id.replace(" ", "%20")),
            SampleFormat.DEFAULT,
            "flac",
            Activity.PLAYING,
            Playback.PLAYING,
            track,
            position,
            clock.nowMicros(),
            Optional.empty(),
            PlayOrder.STRAIGHT,
            EnumSet.allOf(TransportCommand.Kind.class),
            "",
            Json.of()));
    return this;
  }

  synchronized FakeHouse add(StreamStatus status) {
    streams.add(status);
    tell(new StreamEvent.Added(status));
    return this;
  }

  synchronized void change(String id, UnaryOperator<StreamStatus> change) {
    for (int i = 0; i < streams.size(); i++) {
      StreamStatus before = streams.get(i);
      if (before.id().equals(id)) {
        StreamStatus now = change.apply(before);
        streams.set(i, now);
        tell(new StreamEvent.Changed(before, now));
      }
    }
  }

  private void tell(StreamEvent event) {
    listeners.forEach(each -> each.accept(event));
  }

  @Override
  public synchronized List<StreamStatus> list() {
    return List.copyOf(streams);
  }

  @Override
  public Optional<StreamStatus> find(String streamId) {
    return list().stream().filter(s -> s.id().equals(streamId)).findFirst();
  }

  @Override
  public StreamStatus add(SourceUri source) {
    throw new UnsupportedOperationException("the page adds no streams");
  }

  @Override
  public boolean remove(String streamId) {
    throw new UnsupportedOperationException("the page removes no streams");
  }

  @Override
  public boolean setPlaying(String streamId, boolean playing) {
    gates.put(streamId, playing);
    return find(streamId).isPresent();
  }

  @Override
  public Optional<Boolean> playing(String streamId) {
    return find(streamId).map(s -> gates.getOrDefault(streamId, true));
  }

  @Override
  public CommandResult command(String streamId, TransportCommand command) {
    if (refusal.isPresent()) {
      return refusal.get();
    }
    if (find(streamId).isEmpty()) {
      return new CommandResult.Refused(
          CommandResult.Why.NO_SUCH_STREAM, "there is no stream \"" + streamId + "\"");
    }
    commands.add(command);
    change(streamId, status -> obey(status, command));
    return new CommandResult.Accepted();
  }

  private StreamStatus obey(StreamStatus s, TransportCommand command) {
    Duration at = s.positionAt(clock.nowMicros());
    return switch (command) {
      case TransportCommand.Play p -> with(s, Playback.PLAYING, at, s.order());
      case TransportCommand.Pause p -> with(s, Playback.PAUSED, at, s.order());
      case TransportCommand.Stop p -> with(s, Playback.STOPPED, Duration.ZERO, s.order());
      case TransportCommand.Seek k -> with(s, s.playback(), k.position(), s.order());
      case TransportCommand.SeekBy k -> with(s, s.playback(), at.plus(k.offset()), s.order());
      case TransportCommand.SetShuffle o ->
          with(s, s.playback(), at, new PlayOrder(o.shuffle(), s.order().repeat()));
      case TransportCommand.SetRepeat o ->
          with(s, s.playback(), at, new PlayOrder(s.order().shuffle(), o.repeat()));
      case TransportCommand.Next n -> with(s, s.playback(), Duration.ZERO, s.order());
      case TransportCommand.Previous n -> with(s, s.playback(), Duration.ZERO, s.order());
      case TransportCommand.Jump j -> with(s, s.playback(), Duration.ZERO, s.order());
      case TransportCommand.SetVolume v -> s;
      case TransportCommand.SetMute m -> s;
      case TransportCommand.SetRate r -> s;
    };
  }

  private StreamStatus with(StreamStatus s, Playback playback, Duration position, PlayOrder order) {
    return new StreamStatus(
        s.id(),
        s.uri(),
        s.format(),
        s.codec(),
        playback == Playback.PLAYING ? Activity.PLAYING : Activity.IDLE,
        playback,
        s.track(),
        position,
        clock.nowMicros(),
        s.pending(),
        order,
        s.can(),
        s.problem(),
        s.details());
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
    throw new UnsupportedOperationException("the page does not listen");
  }
}
