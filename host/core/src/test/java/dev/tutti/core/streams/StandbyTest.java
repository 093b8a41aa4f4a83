package dev.tutti.core.streams;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tutti.api.stream.StreamStatus.Activity;
import dev.tutti.api.stream.TimedBlock;
import dev.tutti.api.stream.TransportCommand.Pause;
import dev.tutti.audio.measure.Click;
import dev.tutti.audio.measure.Gap;
import dev.tutti.core.plugins.FakeScope;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What a stream plays while its own source fails. */
class StandbyTest extends FallbackBench {
  // --- S0-25: not bound to the ends of tracks
  // -----------------------------------------------------

  @Test
  void aSourceThatBreaksInTheMiddleIsCrossedOverBeforeAHoleIsHeardAndComesBack_S0_25() {
    streamWithSpare();
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
    streamWithSpare();
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
    streamWithSpare();
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
    streamWithSpare();
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
}
