package dev.tutti.core.streams;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tutti.api.audio.AudioBlock;
import dev.tutti.api.audio.OnDemandSource;
import dev.tutti.api.audio.Source;
import dev.tutti.api.audio.SourceUri;
import dev.tutti.api.stream.StreamStatus.Activity;
import dev.tutti.api.stream.TimedBlock;
import dev.tutti.api.stream.TransportCommand.Pause;
import dev.tutti.api.stream.TransportCommand.Play;
import dev.tutti.audio.measure.Click;
import dev.tutti.audio.measure.Gap;
import dev.tutti.core.plugins.FakeScope;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a stream plays while its own source fails, and its gate. */
class StandbyTest {
  private static final Duration BUFFER = ofSeconds(1);
  private static final int RATE = Bench.FORMAT.rate();

  private final Bench bench = new Bench();
  private boolean broken;
  private final List<Sine> mains = new ArrayList<>();
  private final List<Sine> spares = new ArrayList<>();
  private Listener listener;

  @AfterEach
  void end() {
    listener.assertUnchanged();
    bench.close();
  }

  /** A tone that goes on for ever, or breaks. */
  private final class Sine implements OnDemandSource {
    private final double hertz;
    private final boolean breaks;
    private long frame;

    Sine(double hertz, boolean breaks) {
      this.hertz = hertz;
      this.breaks = breaks;
    }

    @Override
    public boolean read(AudioBlock block) throws IOException {
      if (breaks && broken) {
        throw new IOException("the cable is out");
      }
      for (int n = block.free(); n > 0; n--, frame++) {
        float sample = (float) (0.3 * Math.sin(2 * Math.PI * hertz * frame / RATE));
        block.add(sample, sample);
      }
      return true;
    }

    @Override
    public String position() {
      return String.valueOf(frame);
    }

    @Override
    public void reposition(String token) {
      frame = Long.parseLong(token);
    }
  }

  private Source main() throws IOException {
    if (broken) {
      throw new IOException("the cable is out");
    }
    Sine sine = new Sine(300, true);
    mains.add(sine);
    return sine;
  }

  /** A stream whose own source sounds at 300 Hz, with fallbacks at 1000 Hz and 2000 Hz. */
  private void stream(String... fallbacks) {
    delayed(0, fallbacks);
  }

  /** The same, heard so long after its capture. */
  private void delayed(int delayMs, String... fallbacks) {
    bench.engine.add(
        new StreamConfig(
            "music",
            SourceUri.parse("test:///music?name=music&delay=" + delayMs),
            Bench.FORMAT,
            "pcm",
            Bench.CHUNK_MS,
            Stream.of(fallbacks).map(SourceUri::parse).toList(),
            true));
    listener = bench.listen("music", BUFFER);
  }

  private FakeScope offer(String scheme, double hertz) {
    FakeScope scope = new FakeScope(scheme);
    bench
        .engine
        .sources(scope)
        .provide(
            scheme,
            request -> {
              Sine sine = new Sine(hertz, false);
              spares.add(sine);
              return sine;
            });
    return scope;
  }

  /** Root mean square of what a pitch contributes to a stretch of sound. */
  private static double level(float[] sound, double hertz) {
    double sin = 0;
    double cos = 0;
    int frames = sound.length / 2;
    for (int i = 0; i < frames; i++) {
      double turn = 2 * Math.PI * hertz * i / RATE;
      sin += sound[2 * i] * Math.sin(turn);
      cos += sound[2 * i] * Math.cos(turn);
    }
    return 2 * Math.hypot(sin, cos) / frames;
  }

  private float[] last(Duration span) {
    float[] all = listener.sound();
    return Arrays.copyOfRange(
        all, all.length - (int) (span.toMillis() * RATE / 1000) * 2, all.length);
  }

  private void assertNothingIsAmiss() {
    float[] sound = listener.sound();
    assertThat(Gap.find(sound, 2, RATE / 200)).as("gaps").isEmpty();
    assertThat(Click.find(sound, 2)).as("clicks").isEmpty();
  }

  // --- S0-25: not bound to the ends of tracks
  // -----------------------------------------------------

  @Test
  void aSourceThatBreaksInTheMiddleIsCrossedOverBeforeAHoleIsHeardAndComesBack_S0_25() {
    bench.plugin(request -> main());
    offer("spare", 1000);
    stream("spare:///x");
    bench.run(ofSeconds(5));
    broken = true;
    bench.run(ofSeconds(20));

    assertThat(level(last(ofSeconds(2)), 1000)).isCloseTo(0.3, within(0.02));
    assertThat(level(last(ofSeconds(2)), 300)).isLessThan(0.02);
    assertThat(bench.status("music").activity()).isEqualTo(Activity.PLAYING);
    assertThat(bench.status("music").problem())
        .contains("the cable is out")
        .contains("spare:///x plays in its place");

    broken = false;
    bench.run(ofSeconds(60));

    assertThat(level(last(ofSeconds(2)), 300)).isCloseTo(0.3, within(0.02));
    assertThat(level(last(ofSeconds(2)), 1000)).isLessThan(0.02);
    assertThat(bench.status("music").problem()).isEmpty();
    assertNothingIsAmiss();
  }

  @Test
  void aSourceThatComesBackGoesOnWhereItBroke_S0_25() {
    bench.plugin(request -> main());
    offer("spare", 1000);
    stream("spare:///x");
    bench.run(ofSeconds(5));
    broken = true;
    bench.run(ofSeconds(30));
    long read = mains.getFirst().frame;
    broken = false;
    bench.run(ofSeconds(40));

    long heardOfIt = mains.getLast().frame;
    assertThat(mains).hasSizeGreaterThan(1);
    assertThat(heardOfIt).isGreaterThan(read);
    assertThat(heardOfIt - read).as("not moved on while it was away").isLessThan(60L * RATE);
    assertNothingIsAmiss();
  }

  @Test
  void aLiveSourceThatStopsIsCrossedOverAndComesBackWhenItIsSteady_S0_25() {
    Feeder feeder =
        new Feeder((t, frame) -> (float) (0.3 * Math.sin(2 * Math.PI * 300 * frame / RATE)));
    bench.plugin(request -> feeder);
    offer("spare", 1000);
    stream("spare:///x");
    bench.run(ofMillis(100));
    feeder.paced(bench, ofMillis(20), ofSeconds(10));
    bench.run(ofSeconds(20));
    assertThat(level(last(ofSeconds(2)), 1000)).isCloseTo(0.3, within(0.02));

    feeder.paced(bench, ofMillis(20), ofSeconds(10));
    bench.run(ofMillis(9_900));

    assertThat(level(last(ofSeconds(2)), 300)).isCloseTo(0.3, within(0.02));
    assertThat(level(last(ofSeconds(2)), 1000)).isLessThan(0.02);
    float[] sound = listener.sound();
    int begin = RATE * 2; // it begins abruptly, as it was fed
    float[] heard = Arrays.copyOfRange(sound, begin * 2, sound.length);
    assertThat(Gap.find(heard, 2, RATE / 200)).isEmpty();
    assertThat(Click.find(heard, 2)).isEmpty();
  }

  @Test
  void whileTheDelayOfALiveSourceFillsItsFallbackPlaysAndIsCrossedOver_S0_1() {
    Feeder feeder =
        new Feeder((t, frame) -> (float) (0.3 * Math.sin(2 * Math.PI * 300 * frame / RATE)));
    bench.plugin(request -> feeder);
    offer("spare", 1000);
    delayed(8000, "spare:///x");
    bench.run(ofMillis(100));
    feeder.paced(bench, ofMillis(20), ofSeconds(40));
    bench.run(ofSeconds(6));
    assertThat(level(last(ofSeconds(2)), 1000)).isCloseTo(0.3, within(0.02));
    assertThat(bench.status("music").problem()).contains("delay of 8 s fills", "spare:///x");
    bench.run(ofSeconds(6));
    assertThat(level(last(ofSeconds(2)), 300)).isCloseTo(0.3, within(0.02));
    assertThat(level(last(ofSeconds(2)), 1000)).isLessThan(0.02);
    assertThat(bench.status("music").problem()).isEmpty();
    int first = RATE; // the fallback begins within a second
    float[] heard = listener.sound();
    float[] since = Arrays.copyOfRange(heard, 2 * first, heard.length);
    assertThat(Gap.find(since, 2, RATE / 200)).isEmpty();
    assertThat(Click.find(since, 2)).isEmpty();
  }

  @Test
  void aDelayedLiveSourceThatComesBackFillsAnewWhileItsFallbackPlaysOn() {
    Feeder feeder =
        new Feeder((t, frame) -> (float) (0.3 * Math.sin(2 * Math.PI * 300 * frame / RATE)));
    bench.plugin(request -> feeder);
    offer("spare", 1000);
    delayed(5000, "spare:///x");
    bench.run(ofMillis(100));
    feeder.paced(bench, ofMillis(20), ofSeconds(15));
    bench.run(ofSeconds(25));
    assertThat(level(last(ofSeconds(1)), 1000)).isCloseTo(0.3, within(0.02));
    feeder.paced(bench, ofMillis(20), ofSeconds(15));
    bench.run(ofSeconds(14));
    assertThat(level(last(ofSeconds(2)), 300)).isCloseTo(0.3, within(0.02));
    float[] heard = listener.sound();
    float[] since = Arrays.copyOfRange(heard, 2 * RATE, heard.length);
    assertThat(Gap.find(since, 2, RATE / 200)).isEmpty();
    assertThat(Click.find(since, 2)).isEmpty();
  }

  @Test
  void aDelayedLiveSourceThatStopsWhileItFillsIsHeardInItsTime() {
    Feeder feeder =
        new Feeder((t, frame) -> (float) (0.3 * Math.sin(2 * Math.PI * 300 * frame / RATE)));
    bench.plugin(request -> feeder);
    offer("spare", 1000);
    delayed(6000, "spare:///x");
    bench.run(ofMillis(100));
    feeder.paced(bench, ofMillis(20), ofSeconds(3));
    bench.run(ofMillis(8_600));
    assertThat(level(last(ofSeconds(2)), 300)).isCloseTo(0.3, within(0.02));
    bench.run(ofSeconds(5));
    assertThat(level(last(ofSeconds(2)), 1000)).isCloseTo(0.3, within(0.02));
  }

  @Test
  void aFlappingLiveSourceDoesNotFlapTheSound() {
    Feeder feeder =
        new Feeder((t, frame) -> (float) (0.3 * Math.sin(2 * Math.PI * 300 * frame / RATE)));
    bench.plugin(request -> feeder);
    offer("spare", 1000);
    stream("spare:///x");
    bench.run(ofMillis(100));
    feeder.paced(bench, ofMillis(20), ofSeconds(5));
    bench.run(ofSeconds(10));
    for (int i = 0; i < 10; i++) {
      feeder.paced(bench, ofMillis(20), ofMillis(1500));
      bench.run(ofSeconds(4));
      assertThat(level(last(ofSeconds(3)), 300)).as("flap %d", i).isLessThan(0.02);
    }
  }

  @Test
  void theNextFallbackPlaysWhenTheFirstIsGoneAndTheFirstWhenItIsBack() {
    bench.plugin(request -> main());
    FakeScope first = offer("spare", 1000);
    offer("last", 2000);
    stream("spare:///x", "last:///y");
    bench.run(ofSeconds(5));
    broken = true;
    bench.run(ofSeconds(15));
    assertThat(level(last(ofSeconds(2)), 1000)).isGreaterThan(0.28);

    first.close();
    bench.run(ofSeconds(15));
    assertThat(level(last(ofSeconds(2)), 2000)).isGreaterThan(0.28);
    assertThat(level(last(ofSeconds(2)), 1000)).isLessThan(0.02);

    offer("spare", 1000);
    bench.run(ofSeconds(15));
    assertThat(level(last(ofSeconds(2)), 1000)).isGreaterThan(0.28);
    assertNothingIsAmiss();
  }

  // --- S0-24: the emergency sound
  // ------------------------------------------------------------------

  @Test
  void withoutAnyMusicTheEmergencyToneIsHeard_S0_24() {
    broken = true;
    bench.plugin(request -> main());
    offer("sine", 1000);
    stream("sine://?hz=1000");
    bench.run(ofSeconds(5));

    assertThat(level(last(ofSeconds(2)), 1000)).isGreaterThan(0.28);
    assertThat(Click.find(listener.sound(), 2)).isEmpty();
  }

  @Test
  void alsoIfNoPluginPlaysTheStreamAtAll_S0_24() {
    offer("sine", 1000);
    stream("sine://?hz=1000");
    bench.run(ofSeconds(5));

    assertThat(level(last(ofSeconds(2)), 1000)).isGreaterThan(0.28);
  }

  @Test
  void withoutAFallbackAFailureIsSilence_S0_24() {
    broken = true;
    bench.plugin(request -> main());
    stream();
    bench.run(ofSeconds(5));

    assertThat(listener.audio()).isEmpty();
  }

  @Test
  void aStartDoesNotBeep_S0_24() {
    offer("sine", 1000);
    stream("sine://?hz=1000");
    bench.run(ofMillis(700)); // the plugin is there only now
    bench.plugin(request -> main());
    bench.run(ofSeconds(5));

    assertThat(level(listener.sound(), 1000)).isLessThan(0.02);
    assertThat(level(last(ofSeconds(2)), 300)).isGreaterThan(0.28);
  }

  // --- rest is not failure
  // -------------------------------------------------------------------------

  @Test
  void whatIsPausedRests() {
    bench.plugin(request -> main());
    offer("spare", 1000);
    stream("spare:///x");
    bench.run(ofSeconds(3));
    bench.command("music", new Pause());
    bench.run(ofSeconds(8));

    assertThat(listener.blocks().getLast()).matches(TimedBlock::rest);
    assertThat(level(listener.sound(), 1000)).isLessThan(0.01);
  }

  @Test
  void aListThatIsOverRests() {
    bench.plugin(request -> new Tracks(Bench.FORMAT, 1, ofSeconds(3), Tracks.SINE));
    offer("spare", 1000);
    stream("spare:///x");
    bench.run(ofSeconds(10));

    assertThat(listener.blocks().getLast()).matches(TimedBlock::rest);
  }

  @Test
  void aFeederThatSaysItRestsRests() {
    Feeder feeder = new Feeder(Tracks.SINE);
    bench.plugin(request -> feeder);
    offer("spare", 1000);
    stream("spare:///x");
    bench.run(ofMillis(100));
    feeder.paced(bench, ofMillis(20), ofSeconds(3));
    bench.run(ofSeconds(3));
    feeder.rest();
    bench.run(ofSeconds(5));

    assertThat(listener.blocks().getLast()).matches(TimedBlock::rest);
  }

  @Test
  void whatIsPausedWhileItsFallbackSoundsFallsSilentWithoutAClick() {
    bench.plugin(request -> main());
    offer("spare", 1000);
    stream("spare:///x");
    bench.run(ofSeconds(5));
    broken = true;
    bench.run(ofSeconds(15));
    bench.command("music", new Pause());
    bench.run(ofSeconds(5));

    assertThat(listener.blocks().getLast()).matches(TimedBlock::rest);
    assertThat(Click.find(listener.sound(), 2)).isEmpty();
  }

  @Test
  void aFallbackThatIsNotNeededIsNotRead() {
    bench.plugin(request -> main());
    offer("spare", 1000);
    bench.run(ofSeconds(1));
    stream("spare:///x");
    bench.run(ofSeconds(20));
    long atFirst = spares.getFirst().frame;
    bench.run(ofSeconds(600));

    assertThat(spares.getFirst().frame).isEqualTo(atFirst);
  }

  // --- S0-27: the gate
  // -----------------------------------------------------------------------------

  @Test
  void aClosedGateIsSilentAndTheSourceGoesOnWhereItWas_S0_27() {
    bench.plugin(request -> main());
    stream();
    bench.run(ofSeconds(3));
    bench.engine.gate("music", false);
    bench.run(ofSeconds(30));
    assertThat(listener.blocks().getLast()).matches(TimedBlock::rest);
    assertThat(bench.status("music").activity()).isEqualTo(Activity.IDLE);
    long stood = bench.status("music").position().toMillis();
    bench.run(ofSeconds(30));
    assertThat(bench.status("music").position().toMillis()).isEqualTo(stood);

    bench.engine.gate("music", true);
    bench.run(ofSeconds(4));

    assertThat(level(last(ofSeconds(2)), 300)).isGreaterThan(0.28);
    float[] audio = listener.audio();
    assertThat(audio.length / 2).as("nothing was passed over").isLessThan(10 * RATE);
    assertThat(Click.find(listener.sound(), 2)).isEmpty();
  }

  @Test
  void whatIsCommandedBehindAClosedGateIsHeardWhenItOpens_S0_27() {
    bench.plugin(request -> main());
    stream();
    bench.run(ofSeconds(3));
    bench.engine.gate("music", false);
    bench.run(ofSeconds(3));
    bench.command("music", new Pause());
    bench.command("music", new Play());
    bench.run(ofSeconds(3));
    assertThat(listener.blocks().getLast()).matches(TimedBlock::rest);

    bench.command("music", new Pause());
    bench.engine.gate("music", true);
    bench.run(ofSeconds(3));
    assertThat(listener.blocks().getLast()).matches(TimedBlock::rest);
    bench.command("music", new Play());
    bench.run(ofSeconds(3));
    assertThat(level(last(ofSeconds(1)), 300)).isGreaterThan(0.28);
  }

  @Test
  void aClosedGateIsNoFailure_S0_27() {
    bench.plugin(request -> main());
    offer("spare", 1000);
    stream("spare:///x");
    bench.run(ofSeconds(3));
    bench.engine.gate("music", false);
    bench.run(ofSeconds(30));

    assertThat(level(listener.sound(), 1000)).isLessThan(0.01);
    assertThat(bench.status("music").problem()).contains("gate");
  }

  @Test
  void aLiveSourceBehindAClosedGateIsHeardAsItIsWhenItOpens_S0_27() {
    Feeder feeder =
        new Feeder((t, frame) -> (float) (0.3 * Math.sin(2 * Math.PI * 300 * frame / RATE)));
    bench.plugin(request -> feeder);
    stream();
    bench.run(ofMillis(100));
    feeder.paced(bench, ofMillis(20), ofSeconds(20));
    bench.run(ofSeconds(5));
    bench.engine.gate("music", false);
    bench.run(ofSeconds(5));
    assertThat(listener.blocks().getLast()).matches(TimedBlock::rest);

    bench.engine.gate("music", true);
    bench.run(ofSeconds(5));
    assertThat(level(last(ofSeconds(2)), 300)).isGreaterThan(0.28);
  }
}
