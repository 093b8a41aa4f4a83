package dev.tutti.core.streams;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.api.audio.AudioWriter;
import dev.tutti.api.audio.PlayOrder;
import dev.tutti.api.audio.PlayerSource;
import dev.tutti.api.audio.PlayerState;
import dev.tutti.api.audio.SampleFormat;
import dev.tutti.api.audio.SourceUri;
import dev.tutti.api.audio.Track;
import dev.tutti.api.json.Json;
import dev.tutti.api.stream.StreamStatus.Activity;
import dev.tutti.api.stream.StreamStatus.Playback;
import dev.tutti.api.stream.Streams.CommandResult.Accepted;
import dev.tutti.api.stream.Streams.CommandResult.Refused;
import dev.tutti.api.stream.Streams.CommandResult.Why;
import dev.tutti.api.stream.TransportCommand;
import dev.tutti.api.stream.TransportCommand.Kind;
import dev.tutti.core.plugins.FakeScope;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Live audio with a player behind it, and when a live stream counts as idle. */
class PlayerTest {
  /** A player in the hands of a test. */
  private static final class Box implements PlayerSource {
    private final Feeder sound = new Feeder(Tracks.NOISE);
    private final List<TransportCommand> commands = new ArrayList<>();
    private Consumer<PlayerState> listener = s -> {};
    private boolean closed;

    @Override
    public void capture(AudioWriter writer) throws Exception {
      sound.capture(writer);
    }

    @Override
    public void onChange(Consumer<PlayerState> to) {
      listener = to;
    }

    @Override
    public void command(TransportCommand command) throws IOException {
      commands.add(command);
      if (command instanceof TransportCommand.Pause) {
        throw new IOException("it is a live concert");
      }
    }

    void says(Playback playback, String title) {
      listener.accept(
          new PlayerState(
              playback,
              Track.titled(title),
              Duration.ofSeconds(7),
              1,
              PlayOrder.STRAIGHT,
              Set.of(Kind.NEXT, Kind.PAUSE),
              Json.of("volume", 80)));
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  @Test
  void aStreamShowsWhatItsPlayerSaysAndPassesCommandsOn() {
    Box box = new Box();
    try (Bench bench = new Bench().stream("radio");
        FakeScope scope = bench.plugin(request -> box)) {
      bench.run(ofMillis(100));
      assertThat(bench.command("radio", new TransportCommand.Next()))
          .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.why()).isEqualTo(Why.NOT_NOW));
      box.says(Playback.PAUSED, "Aria");
      bench.run(ofMillis(1));
      assertThat(bench.status("radio").track().title()).isEqualTo("Aria");
      assertThat(bench.status("radio").playback()).isEqualTo(Playback.PAUSED);
      assertThat(bench.status("radio").position()).isEqualTo(ofSeconds(7));
      assertThat(bench.status("radio").can()).containsExactlyInAnyOrder(Kind.NEXT, Kind.PAUSE);
      assertThat(bench.status("radio").details()).isEqualTo(Json.of("volume", 80));
      assertThat(bench.command("radio", new TransportCommand.Next())).isEqualTo(new Accepted());
      assertThat(bench.command("radio", new TransportCommand.Pause()))
          .isEqualTo(new Refused(Why.FAILED, "it is a live concert"));
      assertThat(bench.command("radio", new TransportCommand.Play()))
          .isInstanceOfSatisfying(
              Refused.class, r -> assertThat(r.why()).isEqualTo(Why.NOT_CONTROLLABLE));
      assertThat(box.commands)
          .containsExactly(new TransportCommand.Next(), new TransportCommand.Pause());
      assertThat(scope.closed()).isFalse();
    }
    assertThat(box.closed).isTrue();
  }

  @Test
  void whenThePluginGoesItsPlayerIsForgotten() {
    Box box = new Box();
    try (Bench bench = new Bench().stream("radio")) {
      FakeScope scope = bench.plugin(request -> box);
      bench.run(ofMillis(100));
      box.says(Playback.PLAYING, "Aria");
      bench.run(ofMillis(1));
      scope.close();
      bench.run(ofMillis(1));
      assertThat(bench.status("radio").can()).isEmpty();
      assertThat(bench.status("radio").track()).isEqualTo(Track.UNKNOWN);
    }
  }

  private static Activity afterQuiet(String options, float level) {
    Feeder feeder =
        new Feeder(SampleFormat.DEFAULT, (track, frame) -> frame < 48_000 ? 0.5f : level);
    try (Bench bench = new Bench()) {
      SourceUri uri = SourceUri.parse("test:///x?name=x" + options);
      bench.engine.add(new StreamConfig("x", uri, SampleFormat.DEFAULT, "pcm", 20));
      try (FakeScope scope = bench.plugin(request -> feeder)) {
        bench.run(ofMillis(100));
        feeder.paced(bench, ofMillis(20), ofSeconds(3));
        bench.run(ofSeconds(3));
        assertThat(scope.closed()).isFalse();
        return bench.status("x").activity();
      }
    }
  }

  @Test
  void silenceIsWhatItsThresholdsSay() {
    assertThat(afterQuiet("", 0)).isEqualTo(Activity.IDLE);
    assertThat(afterQuiet("", 0.001f)).isEqualTo(Activity.PLAYING);
    assertThat(afterQuiet("&silence_threshold_percent=0.2", 0.001f)).isEqualTo(Activity.IDLE);
    assertThat(afterQuiet("&silence_threshold_percent=0.05", 0.001f)).isEqualTo(Activity.PLAYING);
    assertThat(afterQuiet("&idle_threshold=5000", 0)).isEqualTo(Activity.PLAYING);
    assertThat(afterQuiet("&silence_threshold_percent=x&idle_threshold=y", 0))
        .isEqualTo(Activity.IDLE);
  }
}
