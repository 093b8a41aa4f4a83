package dev.tutti.core.streams;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tutti.api.audio.Art;
import dev.tutti.api.audio.AudioBlock;
import dev.tutti.api.audio.OnDemandSource;
import dev.tutti.api.stream.StreamStatus.Activity;
import dev.tutti.api.stream.StreamStatus.Playback;
import dev.tutti.api.stream.Streams.CommandResult.Refused;
import dev.tutti.api.stream.TimedBlock;
import dev.tutti.api.stream.TransportCommand.Next;
import dev.tutti.api.stream.TransportCommand.Pause;
import dev.tutti.api.stream.TransportCommand.Play;
import dev.tutti.audio.measure.Click;
import dev.tutti.core.LogCapture;
import dev.tutti.core.plugins.FakeScope;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sources that come late, go, come back, fail or hang. */
class SourceLifeTest {
  private static final Duration BUFFER = ofSeconds(1);

  private final Bench bench = new Bench().stream("music");
  private final List<Tracks> made = new ArrayList<>();
  private final Listener listener = bench.listen("music", BUFFER);

  @AfterEach
  void end() {
    listener.assertUnchanged();
    bench.close();
  }

  private FakeScope tracks(Tracks.Wave wave) {
    return bench.plugin(request -> {
      Tracks t = new Tracks(Bench.FORMAT, 10, ofSeconds(60), wave);
      made.add(t);
      return t;
    });
  }

  private List<TimedBlock> rests() {
    return listener.blocks().stream().filter(TimedBlock::rest).toList();
  }

  @Test
  void aStreamExistsBeforeItsPluginAndSaysWhatItWaitsFor() {
    bench.run(ofSeconds(1));
    assertThat(bench.status("music").problem())
        .isEqualTo("waiting for a plugin that plays test://");
    tracks(Tracks.NOISE);
    bench.run(ofSeconds(1));
    assertThat(bench.status("music").problem()).isEmpty();
    assertThat(bench.status("music").activity()).isEqualTo(Activity.PLAYING);
  }

  @Test
  void aSourceHasItsTimeToEndAlsoWhenItsPluginGoesAfterAQuietTime() {
    FakeScope plugin = tracks(Tracks.NOISE);
    bench.run(ofSeconds(1));
    listener.close();
    bench.run(ofSeconds(60));
    try (LogCapture log = new LogCapture(SourceLink.class.getName())) {
      bench.sources.hang("music", true);
      List<Duration> took = new ArrayList<>();
      bench.in(
          ofSeconds(8),
          () -> {
            long before = bench.now();
            plugin.close();
            took.add(Duration.ofNanos((bench.now() - before) * 1000));
          });
      bench.run(ofSeconds(10));
      assertThat(took).as("waited for the source to end").containsExactly(ofSeconds(1));
      assertThat(log.lines()).isEmpty();
      bench.run(ofSeconds(3));
      assertThat(log.lines()).singleElement().asString().contains("does not end");
      bench.sources.hang("music", false);
    }
  }

  @Test
  void aTrackOutlivesItsSourceButItsPictureDoesNotHoldThePlugin() throws Exception {
    List<WeakReference<Object>> ofThePlugin = new ArrayList<>();
    FakeScope first = pictured(ofThePlugin);
    bench.run(ofSeconds(5));
    Art shown = bench.status("music").track().art().orElseThrow();
    assertThat(shown.bytes()).containsExactly(1, 2, 3);
    first.close();
    bench.run(ofSeconds(2));
    assertThat(bench.status("music").track().art()).hasValue(shown);
    assertThatThrownBy(shown::bytes)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is gone");
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> {
          System.gc();
          assertThat(ofThePlugin).hasSizeGreaterThan(1).allMatch(r -> r.get() == null);
        });

    FakeScope second = pictured(ofThePlugin);
    bench.run(ofSeconds(2));
    assertThat(shown.bytes()).containsExactly(1, 2, 3);
    second.close();
  }

  /** Tracks with a picture; notes what must not be kept. */
  private FakeScope pictured(List<WeakReference<Object>> objects) {
    return bench.plugin(request -> {
      Picture picture = new Picture();
      Tracks tracks = new Tracks(Bench.FORMAT, 10, ofSeconds(60), Tracks.NOISE);
      tracks.picture = Optional.of(picture);
      objects.add(new WeakReference<>(picture));
      objects.add(new WeakReference<>(tracks));
      return tracks;
    });
  }

  private static final class Picture implements Art {
    @Override
    public String id() {
      return "0123456789.png";
    }

    @Override
    public String mediaType() {
      return "image/png";
    }

    @Override
    public byte[] bytes() {
      return new byte[] {1, 2, 3};
    }
  }

  @Test
  void aReloadWithinWhatIsRenderedIsNotHeardAtAll() {
    FakeScope first = tracks(Tracks.NOISE);
    bench.run(ofSeconds(20));
    first.close();
    bench.run(ofSeconds(4));
    assertThat(bench.status("music").problem()).startsWith("waiting for a plugin");
    tracks(Tracks.NOISE);
    bench.run(ofSeconds(20));
    float[] audio = listener.audio();
    Pcm.assertSame(audio, made.getFirst().expected(0, 0, audio.length / 2));
    assertThat(rests()).isEmpty();
    assertThat(made).hasSize(2);
  }

  @Test
  void aHundredReloadsAreNotHeard() {
    for (int i = 0; i < 100; i++) {
      FakeScope scope = tracks(Tracks.NOISE);
      bench.run(ofMillis(137 + i));
      scope.close();
      bench.run(ofMillis(50));
    }
    float[] audio = listener.audio();
    Pcm.assertSame(audio, made.getFirst().expected(0, 0, audio.length / 2));
    assertThat(rests()).isEmpty();
    assertThat(made).allMatch(t -> t.closed);
  }

  @Test
  void aReloadThatTakesTooLongFadesOutRestsAndGoesOnWhereItWas() {
    FakeScope first = tracks(Tracks.SINE);
    bench.run(ofSeconds(10));
    first.close();
    bench.run(ofSeconds(9));
    assertThat(rests()).isNotEmpty();
    tracks(Tracks.SINE);
    bench.run(ofSeconds(10));
    assertThat(Click.find(listener.sound(), 2)).isEmpty();
    long audioFrames = listener.audio().length / 2;
    long position = bench.status("music").positionAt(bench.now()).toMillis();
    // All that was rendered was heard once: the position is what was heard, plus what is on its
    // way.
    assertThat(position - audioFrames / 48).isBetween(-1_100L, -900L);
  }

  @Test
  void theSourceIsClosedWithItsPlugin() {
    FakeScope scope = tracks(Tracks.NOISE);
    bench.run(ofSeconds(1));
    scope.close();
    assertThat(made.getFirst().closed).isTrue();
  }

  @Test
  void aSourceThatFailsForAMomentIsNotHeard() {
    tracks(Tracks.NOISE);
    bench.run(ofSeconds(10));
    made.getFirst().failsWith = "the disk is on fire";
    bench.run(ofSeconds(10));
    float[] audio = listener.audio();
    Pcm.assertSame(audio, made.getFirst().expected(0, 0, audio.length / 2));
    assertThat(rests()).isEmpty();
    assertThat(made).hasSize(2);
    assertThat(bench.status("music").problem()).isEmpty();
  }

  @Test
  void aSourceThatCannotBeMadeIsTriedAgainLessAndLessOften() {
    List<Long> tries = new ArrayList<>();
    bench.plugin(request -> {
      tries.add(bench.now());
      throw new IOException("there is no such folder: /music");
    });
    bench.run(ofSeconds(120));
    assertThat(bench.status("music").problem()).isEqualTo("there is no such folder: /music");
    assertThat(tries.size()).isBetween(6, 12);
  }

  @Test
  void aSourceThatHangsStarvesNobodyElseAndIsReplaced() {
    bench.stream("other");
    Listener neighbour = bench.listen("other", BUFFER);
    tracks(Tracks.NOISE);
    bench.run(ofSeconds(5));
    bench.sources.hang("music", true);
    bench.run(ofSeconds(30));
    assertThat(made).as("made anew").hasSizeGreaterThan(2);
    float[] audio = neighbour.audio();
    Pcm.assertSame(audio, made.getFirst().expected(0, 0, audio.length / 2));
    assertThat(neighbour.blocks()).noneMatch(TimedBlock::rest);
    assertThat(listener.blocks().getLast().rest()).as("the new one plays").isFalse();
  }

  @Test
  void aSourceThatHangsIsShownAsTheProblem() {
    tracks(Tracks.NOISE);
    bench.run(ofSeconds(5));
    bench.sources.hang("music", true);
    bench.run(ofSeconds(9));
    assertThat(bench.status("music").problem()).isEqualTo("the source delivers no audio");
    assertThat(bench.status("music").activity()).isEqualTo(Activity.IDLE);
  }

  @Test
  void whatAPluginThrowsIsItsOwnAffair() {
    bench.plugin(request -> {
      throw new NoClassDefFoundError("com/example/Missing");
    });
    bench.run(ofSeconds(1));
    assertThat(bench.status("music").problem()).isEqualTo("com/example/Missing");
  }

  @Test
  void aSourceThatNeverDeliversAnythingIsRefused() {
    bench.plugin(request -> new Empty());
    bench.run(ofSeconds(1));
    assertThat(bench.status("music").problem()).contains("delivered nothing");
  }

  private static final class Empty implements OnDemandSource {
    @Override
    public boolean read(AudioBlock block) {
      return true;
    }

    @Override
    public String position() {
      return "";
    }

    @Override
    public void reposition(String token) {}
  }

  @Test
  void commandsToASourceThatIsNotThereAreRefusedButPauseAndPlayWork() {
    FakeScope scope = tracks(Tracks.NOISE);
    bench.run(ofSeconds(5));
    scope.close();
    assertThat(bench.command("music", new Next())).isInstanceOf(Refused.class);
    bench.command("music", new Pause());
    bench.run(ofSeconds(3));
    assertThat(bench.status("music").playback()).isEqualTo(Playback.PAUSED);
    bench.command("music", new Play());
    tracks(Tracks.NOISE);
    bench.run(ofSeconds(3));
    assertThat(bench.status("music").activity()).isEqualTo(Activity.PLAYING);
  }

  @Test
  void aSchemeBelongsToOnePlugin() {
    tracks(Tracks.NOISE);
    FakeScope second = new FakeScope("late-comer");
    assertThatThrownBy(() -> bench.engine.sources(second).provide("test", r -> new Empty()))
        .hasMessage("test:// is already played by plugin test-plugin");
  }

  @Test
  void aRemovedStreamLetsItsSourceGoAndItsTapsGiveNothing() {
    tracks(Tracks.NOISE);
    bench.run(ofSeconds(2));
    assertThat(bench.engine.remove("music")).isTrue();
    int before = listener.blocks().size();
    bench.run(ofSeconds(2));
    assertThat(made.getFirst().closed).isTrue();
    assertThat(listener.blocks()).hasSize(before);
    assertThat(bench.engine.list()).isEmpty();
  }
}
