package dev.tutti.core.streams;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.api.audio.SampleFormat;
import dev.tutti.api.stream.StreamStatus.Activity;
import dev.tutti.api.stream.StreamStatus.Playback;
import dev.tutti.api.stream.Streams.CommandResult.Refused;
import dev.tutti.api.stream.Streams.CommandResult.Why;
import dev.tutti.api.stream.TimedBlock;
import dev.tutti.api.stream.TransportCommand.Pause;
import dev.tutti.audio.measure.Click;
import dev.tutti.core.plugins.FakeScope;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Live audio: pushed, paced, late, gone, back. */
class LiveTest {
  private static final Duration BUFFER = ofSeconds(1);

  private final Bench bench = new Bench().stream("radio");
  private Feeder feeder = new Feeder(Tracks.NOISE);
  private FakeScope plugin = new FakeScope("none");
  private Listener listener;

  private void start(Feeder which) {
    feeder = which;
    plugin = bench.plugin(request -> which);
    listener = bench.listen("radio", BUFFER);
    bench.run(ofMillis(500));
    assertThat(feeder.open()).isTrue();
  }

  @AfterEach
  void end() {
    if (listener != null) {
      listener.assertUnchanged();
    }
    plugin.close();
    bench.close();
  }

  private TimedBlock firstAudio() {
    return listener.blocks().stream().filter(b -> !b.rest()).findFirst().orElseThrow();
  }

  private List<TimedBlock> rests() {
    return listener.blocks().stream().filter(TimedBlock::rest).toList();
  }

  @Test
  void liveAudioArrivesBitByBit() {
    start(new Feeder(Tracks.NOISE));
    feeder.paced(bench, ofMillis(20), ofSeconds(30));
    bench.run(ofSeconds(30));
    float[] audio = listener.audio();
    Pcm.assertSame(audio, feeder.expected(0, audio.length / 2));
    assertThat(audio.length / 2).isGreaterThan(29 * 48_000);
    assertThat(listener.blocks()).allMatch(b -> b.exactBits() == 16);
  }

  @Test
  void itIsHeardOneBufferAfterItsCapture() {
    start(new Feeder(Tracks.NOISE));
    long captured = bench.now();
    feeder.paced(bench, ofMillis(20), ofSeconds(2));
    bench.run(ofSeconds(3));
    assertThat(firstAudio().timeMicros() - captured).isBetween(1_000_000L, 1_020_000L);
  }

  @Test
  void theDeepestListenerDecidesHowLateItIsHeard() {
    start(new Feeder(Tracks.NOISE));
    bench.listen("radio", ofMillis(2500));
    bench.run(ofMillis(1));
    long captured = bench.now();
    feeder.paced(bench, ofMillis(20), ofSeconds(2));
    bench.run(ofSeconds(3));
    assertThat(firstAudio().timeMicros() - captured).isBetween(2_500_000L, 2_520_000L);
  }

  @Test
  void aListenerGetsABlockWithin60MillisecondsOfItsCapture() {
    start(new Feeder(Tracks.NOISE));
    long began = bench.now();
    feeder.paced(bench, ofMillis(20), ofSeconds(2));
    bench.run(ofSeconds(2));
    int index = listener.blocks().indexOf(firstAudio());
    for (int i = 0; i < 50; i++) {
      long captured = began + 20_000L * i;
      assertThat(listener.takenAt(index + i) - captured).isBetween(20_000L, 60_000L);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 7, 33, 100})
  void theSizeOfThePortionsDoesNotMatter(int portionMs) {
    start(new Feeder(Tracks.NOISE));
    feeder.paced(bench, ofMillis(portionMs), ofSeconds(10));
    bench.run(ofSeconds(10));
    float[] audio = listener.audio();
    Pcm.assertSame(audio, feeder.expected(0, audio.length / 2));
    assertThat(audio.length / 2).isGreaterThan(9 * 48_000);
  }

  @Test
  void aFeederThatWritesAsFastAsItCanIsPacedToRealTime() {
    start(new Feeder(Tracks.NOISE));
    for (int i = 0; i < 1000; i++) {
      bench.in(ofMillis(10 * i), feeder::fill);
    }
    bench.run(ofSeconds(10));
    assertThat(feeder.frame()).isBetween(10 * 48_000L, (long) (10.25 * 48_000));
    assertThat(rests()).isEmpty();
  }

  @Test
  void aLateFeederIsHeardOnTimeAsLongAsItsBlocksCanStillTravel() {
    start(new Feeder(Tracks.NOISE));
    feeder.paced(bench, ofMillis(20), ofSeconds(5));
    bench.run(ofMillis(5_001));
    bench.run(ofMillis(650)); // nothing comes; 1000 ms less the 250 ms reserve are in hand
    for (int i = 0; i < 4; i++) {
      feeder.fill();
      bench.run(ofMillis(1));
    }
    feeder.paced(bench, ofMillis(20), ofSeconds(3));
    bench.run(ofSeconds(4));
    float[] audio = Arrays.copyOf(listener.audio(), 2 * 7 * 48_000);
    Pcm.assertSame(audio, feeder.expected(0, audio.length / 2));
    assertThat(listener.blocks().getFirst().rest()).isFalse();
    assertThat(listener.blocks().stream().skip(1)).allMatch(TimedBlock::follows);
  }

  @Test
  void whenNothingComesSilenceTakesItsPlaceWithoutAClickAndTheNextBeginsAnew() {
    start(new Feeder(Tracks.SINE));
    feeder.paced(bench, ofMillis(20), ofMillis(3_140));
    bench.run(ofMillis(3_140));
    long stopped = bench.now();
    bench.run(ofSeconds(2));
    long back = bench.now();
    feeder.paced(bench, ofMillis(20), ofSeconds(3));
    bench.run(ofSeconds(5));
    assertThat(Click.find(listener.sound(), 2)).isEmpty();
    long heardAgain =
        listener.blocks().stream()
            .filter(b -> !b.rest() && b.timeMicros() > stopped + 1_500_000)
            .findFirst()
            .orElseThrow()
            .timeMicros();
    assertThat(heardAgain - back).isBetween(1_000_000L, 1_020_000L);
    assertThat(listener.blocks().stream().skip(1)).allMatch(TimedBlock::follows);
  }

  @Test
  void nothingThatWasCapturedIsLostWhenTheFeederBreaksOff() {
    start(new Feeder((track, frame) -> 0.25f));
    feeder.feed(48_000 / 10 + 123);
    feeder.rest();
    bench.run(ofSeconds(3));
    long loud = 0;
    float[] sound = listener.sound();
    for (int i = 0; i < sound.length; i += 2) {
      loud += sound[i] != 0 ? 1 : 0;
    }
    assertThat(loud).isEqualTo(48_000 / 10 + 123);
  }

  @Test
  void aFeederThatSaysItRestsIsNotFadedInWhenItComesBack() {
    start(new Feeder(Tracks.NOISE));
    feeder.feed(48_00);
    feeder.rest();
    bench.run(ofSeconds(4));
    long second = feeder.frame();
    long began = bench.now();
    feeder.feed(48_00);
    bench.run(ofMillis(1200));
    float[] heard = listener.soundFrom(listener.firstAudioAfter(began));
    Pcm.assertSame(Arrays.copyOf(heard, 3000), feeder.expected(second, 1500));
  }

  @Test
  void afterTenSecondsOfRestNothingIsRendered() {
    start(new Feeder(Tracks.NOISE));
    feeder.feed(48_00);
    feeder.rest();
    bench.run(ofSeconds(60));
    Duration rendered = ofMillis(20L * rests().size());
    assertThat(rendered).isBetween(ofMillis(9_500), ofMillis(10_500));
  }

  @Test
  void silenceFits16BitsWhateverTheStreamsBits() {
    SampleFormat hires = new SampleFormat(48_000, 24, 2);
    bench.stream("hires", hires, 20);
    Feeder wide = new Feeder(hires, Tracks.NOISE);
    plugin = bench.plugin(r -> r.streamId().equals("hires") ? wide : new Feeder(Tracks.NOISE));
    listener = bench.listen("hires", BUFFER);
    bench.run(ofMillis(500));
    wide.feed(48_00);
    wide.rest();
    bench.run(ofSeconds(4));
    assertThat(rests()).isNotEmpty().allMatch(b -> b.exactBits() == 16);
  }

  @Test
  void afterALongRestTimeJumpsOnTheSameGrid() {
    start(new Feeder(Tracks.NOISE));
    feeder.feed(48_00);
    feeder.rest();
    bench.run(ofMillis(60_007));
    feeder.feed(48_00);
    bench.run(ofSeconds(1));
    List<TimedBlock> jumps = listener.blocks().stream().skip(1).filter(b -> !b.follows()).toList();
    assertThat(jumps).hasSize(1);
    long first = listener.blocks().getFirst().timeMicros();
    assertThat((jumps.getFirst().timeMicros() - first) % 20_000).isZero();
  }

  @Test
  void activityFollowsTheFeeder() {
    start(new Feeder(Tracks.NOISE));
    assertThat(bench.status("radio").activity()).isEqualTo(Activity.IDLE);
    feeder.paced(bench, ofMillis(20), ofSeconds(2));
    bench.run(ofMillis(200));
    assertThat(bench.status("radio").activity()).isEqualTo(Activity.PLAYING);
    assertThat(bench.status("radio").playback()).isEqualTo(Playback.PLAYING);
    bench.run(ofMillis(1_900));
    feeder.rest();
    bench.run(ofMillis(100));
    assertThat(bench.status("radio").activity()).isEqualTo(Activity.IDLE);
  }

  @Test
  void digitalSilenceIsSentButCountsAsIdle() {
    start(new Feeder((track, frame) -> frame < 48_000 ? 0.5f : 0));
    feeder.paced(bench, ofMillis(20), ofSeconds(5));
    bench.run(ofSeconds(4));
    assertThat(bench.status("radio").activity()).isEqualTo(Activity.IDLE);
    assertThat(listener.blocks()).noneMatch(TimedBlock::rest);
  }

  @Test
  void theTrackIsShownWhenItIsHeard() {
    start(new Feeder(Tracks.NOISE));
    feeder.paced(bench, ofMillis(20), ofSeconds(5));
    bench.in(ofMillis(2_000), () -> feeder.track("News"));
    bench.run(ofMillis(2_900));
    assertThat(bench.status("radio").track().title()).isEmpty();
    bench.run(ofMillis(200));
    assertThat(bench.status("radio").track().title()).isEqualTo("News");
  }

  @Test
  void liveAudioCannotBePaused() {
    start(new Feeder(Tracks.NOISE));
    assertThat(bench.command("radio", new Pause()))
        .isInstanceOfSatisfying(
            Refused.class, r -> assertThat(r.why()).isEqualTo(Why.NOT_CONTROLLABLE));
  }

  @Test
  void aJoinerHearsLiveAudioAtOnceAlsoIfNobodyListenedBefore() {
    feeder = new Feeder(Tracks.NOISE);
    plugin = bench.plugin(request -> feeder);
    bench.run(ofMillis(100));
    feeder.paced(bench, ofMillis(20), ofSeconds(20));
    bench.run(ofSeconds(15));
    long joined = bench.now();
    listener = bench.listen("radio", BUFFER);
    bench.run(ofMillis(40));
    assertThat(listener.blocks().getFirst().timeMicros() - joined).isBetween(0L, 20_000L);
    assertThat(listener.blocks().size()).isGreaterThan(40);
  }

  @Test
  void aReloadOfItsPluginIsNotHeardIfItTakesLessThanWhatIsInHand() {
    start(new Feeder(Tracks.NOISE));
    feeder.paced(bench, ofMillis(20), ofSeconds(3));
    bench.run(ofMillis(3_001));
    plugin.close();
    bench.run(ofMillis(300));
    Feeder successor = new Feeder((track, frame) -> Tracks.NOISE.at(0, frame + 3 * 48_000));
    plugin = bench.plugin(request -> successor);
    bench.run(ofMillis(5));
    successor.feed(48_000 / 5);
    bench.run(ofMillis(1));
    successor.feed(48_000 / 10);
    successor.paced(bench, ofMillis(20), ofSeconds(3));
    bench.run(ofSeconds(3));
    float[] audio = Arrays.copyOf(listener.audio(), 2 * 5 * 48_000);
    Pcm.assertSame(audio, feeder.expected(0, audio.length / 2));
    assertThat(rests()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"44100:16:2", "96000:24:2", "192000:32:1", "48000:16:6", "11025:16:1"})
  void everyFormatKeepsTimeExactly(String format) {
    SampleFormat f = SampleFormat.parse(format);
    try (Bench other = new Bench().stream("x", f, 20)) {
      Feeder source = new Feeder(f, Tracks.NOISE);
      try (FakeScope scope = other.plugin(request -> source)) {
        Listener ears = other.listen("x", BUFFER);
        other.run(ofMillis(10));
        source.paced(other, ofMillis(50), ofSeconds(20));
        other.run(ofSeconds(20));
        TimedBlock first = ears.blocks().getFirst();
        TimedBlock last = ears.blocks().getLast();
        long frames = (last.sequence() - first.sequence()) * first.frames();
        assertThat(last.timeMicros() - first.timeMicros())
            .isBetween(f.microsOf(frames) - 1, f.microsOf(frames) + 1);
        float[] audio = ears.audio();
        Pcm.assertSame(audio, source.expected(0, audio.length / f.channels()));
        assertThat(scope.closed()).isFalse();
      }
    }
  }
}
