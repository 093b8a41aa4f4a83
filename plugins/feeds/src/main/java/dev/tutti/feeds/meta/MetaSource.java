package dev.tutti.feeds.meta;

import dev.tutti.api.Clock;
import dev.tutti.api.Registration;
import dev.tutti.api.Schedule;
import dev.tutti.api.audio.AudioWriter;
import dev.tutti.api.audio.PlayerSource;
import dev.tutti.api.audio.PlayerState;
import dev.tutti.api.audio.SourceRequest;
import dev.tutti.api.stream.StreamStatus;
import dev.tutti.api.stream.StreamStatus.Activity;
import dev.tutti.api.stream.Streams;
import dev.tutti.api.stream.Streams.CommandResult.Refused;
import dev.tutti.api.stream.TransportCommand;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Plays the first of its inputs that plays: a doorbell over the radio. A change is crossed over;
 * what a controller sees and says goes to the input that plays, or to the first one.
 */
public final class MetaSource implements PlayerSource {
  private static final int CROSS_MS = 20;

  /** What the source needs of the plugin. */
  public record Surroundings(Streams streams, Clock clock, Schedule schedule, Duration lead) {}

  private final List<String> inputs;
  private final Surroundings around;
  private volatile @Nullable Thread thread;
  private volatile boolean news;
  private volatile String active;
  private volatile Consumer<PlayerState> listener = state -> {};

  private MetaSource(List<String> inputs, Surroundings around) {
    this.inputs = inputs;
    this.around = around;
    this.active = inputs.getFirst();
  }

  /**
   * A source for an address.
   *
   * @throws IOException with a sentence for the user
   */
  public static MetaSource open(SourceRequest request, Surroundings around) throws IOException {
    return new MetaSource(MetaOptions.of(request, around.streams().list()).inputs(), around);
  }

  @Override
  public void capture(AudioWriter writer) throws InterruptedException {
    thread = Thread.currentThread();
    CrossingWriter out =
        new CrossingWriter(writer, Math.max(1, writer.format().rate() * CROSS_MS / 1000));
    Registration changes = around.streams().onChange(event -> wake());
    Input input = null;
    try {
      while (true) {
        news = false;
        input = follow(input, writer, out);
        long now = around.clock().nowMicros();
        long wake = input == null ? Long.MAX_VALUE : input.play(now, out);
        await(wake - now);
      }
    } finally {
      changes.close();
      if (input != null) {
        input.close();
      }
    }
  }

  /** Goes over to another input, if another one is to be heard. */
  private @Nullable Input follow(@Nullable Input input, AudioWriter writer, CrossingWriter out)
      throws InterruptedException {
    Optional<StreamStatus> playing = firstThatPlays();
    show(playing);
    String wanted = playing.map(StreamStatus::id).orElse(null);
    if (input == null ? wanted == null : input.plays(wanted)) {
      return input;
    }
    if (input != null) {
      input.close();
    }
    if (wanted == null) {
      out.rest();
      return null;
    }
    out.cross();
    return new Input(
        wanted,
        around.streams().listen(wanted, this::wake),
        writer.format(),
        around.lead().toNanos() / 1000);
  }

  private Optional<StreamStatus> firstThatPlays() {
    return inputs.stream()
        .map(around.streams()::find)
        .flatMap(Optional::stream)
        .filter(status -> status.activity() == Activity.PLAYING)
        .findFirst();
  }

  private void wake() {
    news = true;
    LockSupport.unpark(thread);
  }

  private void await(long micros) throws InterruptedException {
    Registration timer =
        micros > 0 && micros < Long.MAX_VALUE / 2
            ? around.schedule().after(Duration.ofNanos(micros * 1000), this::wake)
            : () -> {};
    while (!news && micros > 0) {
      LockSupport.park(this);
      if (Thread.interrupted()) {
        timer.close();
        throw new InterruptedException();
      }
    }
    timer.close();
  }

  // --- the player -------------------------------------------------------------------------------

  @Override
  public void onChange(Consumer<PlayerState> to) {
    listener = to;
    show(firstThatPlays());
  }

  /** Says what the input that plays says of itself. */
  private void show(Optional<StreamStatus> playing) {
    Optional<StreamStatus> shown = playing.or(() -> around.streams().find(inputs.getFirst()));
    active = shown.map(StreamStatus::id).orElse(inputs.getFirst());
    shown.ifPresent(s ->
        listener.accept(
            new PlayerState(
                s.playback(),
                s.track(),
                s.position(),
                s.positionAtMicros(),
                s.order(),
                s.can(),
                s.details())));
  }

  @Override
  public void command(TransportCommand command) throws IOException {
    if (around.streams().command(active, command) instanceof Refused refused) {
      throw new IOException(refused.reason());
    }
  }
}
