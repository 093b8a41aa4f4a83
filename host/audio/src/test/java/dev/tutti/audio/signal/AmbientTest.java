package dev.tutti.audio.signal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.api.audio.AudioBlock;
import dev.tutti.audio.measure.Click;
import dev.tutti.audio.measure.Gap;
import dev.tutti.audio.measure.LoudnessMeter;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AmbientTest {
  private static final int RATE = 48_000;

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {0, 1, 2, -3, 1_234_567_890_123L})
  void aMinuteIsEvenlySoftAndHasNoClickAndNoHole(long seed) {
    float[] minute = render(new Ambient(seed, RATE), 2, 0, 60 * RATE);
    LoudnessMeter meter = new LoudnessMeter(RATE, 2);
    for (int second = 0; second < 60; second++) {
      meter.add(minute, second * RATE, RATE);
      if (second >= 6) {
        assertThat(meter.shortTermLufs()).as("second %d", second).isBetween(-25.0, -16.0);
      }
    }
    assertThat(meter.integratedLufs()).isBetween(-22.0, -18.0);
    assertThat(meter.truePeakDb()).isLessThan(-3);
    assertThat(Click.find(minute, 2)).isEmpty();
    assertThat(Gap.find(minute, 2, 10)).isEmpty();
  }

  @ParameterizedTest(name = "{0} Hz")
  @ValueSource(ints = {44_100, 96_000, 192_000})
  void itSoundsTheSameAtEveryRate(int rate) {
    LoudnessMeter here = new LoudnessMeter(rate, 2);
    here.add(render(new Ambient(5, rate), 2, 0, 20 * rate), 0, 20 * rate);
    LoudnessMeter there = new LoudnessMeter(RATE, 2);
    there.add(render(new Ambient(5, RATE), 2, 0, 20 * RATE), 0, 20 * RATE);

    assertThat(Math.abs(here.integratedLufs() - there.integratedLufs())).isLessThan(0.1);
  }

  @Test
  void itIsHeardWithinTheFirstSecond() {
    LoudnessMeter meter = new LoudnessMeter(RATE, 2);
    meter.add(render(new Ambient(1, RATE), 2, 0, RATE), 0, RATE);

    assertThat(meter.momentaryLufs()).isGreaterThan(-30);
  }

  @Test
  void itBeginsOutOfSilence() {
    assertThat(Math.abs(render(new Ambient(1, RATE), 2, 0, 1)[0])).isLessThan(0.001f);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void anyPlaceSoundsAsIfPlayedUpToIt(long seed) {
    float[] whole = render(new Ambient(seed, RATE), 2, 0, 60 * RATE);
    Ambient jumping = new Ambient(seed, RATE);
    Random random = new Random(seed);
    for (int i = 0; i < 40; i++) {
      int frame = random.nextInt(59 * RATE);
      float[] there = render(jumping, 2, frame, 2000);
      assertThat(there)
          .as("frame %d, seed %d", frame, seed)
          .isEqualTo(Arrays.copyOfRange(whole, 2 * frame, 2 * (frame + 2000)));
    }
  }

  @ParameterizedTest(name = "after {0} hours")
  @CsvSource({"1", "1000", "100000"})
  void itGoesOnForYears(long hours) {
    long frame = hours * 3600 * RATE;
    float[] there = render(new Ambient(1, RATE), 2, frame, 20 * RATE);
    LoudnessMeter meter = new LoudnessMeter(RATE, 2);
    meter.add(there, 0, 20 * RATE);

    assertThat(meter.integratedLufs()).isBetween(-23.0, -17.0);
    assertThat(Click.find(there, 2)).isEmpty();
  }

  @Test
  void anotherSeedIsAnotherPiece() {
    assertThat(render(new Ambient(1, RATE), 2, 0, 1000))
        .isNotEqualTo(render(new Ambient(2, RATE), 2, 0, 1000));
  }

  @Test
  void itDoesNotRepeatWhereItsChordsCouldCycle() {
    long phrase = Harmony.PHRASE * (long) AmbientScore.SECTION_SECONDS * RATE;
    float[] first = render(new Ambient(1, RATE), 2, phrase, 1000);
    for (int i = 2; i < 40; i++) {
      assertThat(render(new Ambient(1, RATE), 2, i * phrase, 1000)).isNotEqualTo(first);
    }
  }

  @Test
  void theSidesDifferYetOneSpeakerLosesLittle() {
    float[] stereo = render(new Ambient(1, RATE), 2, 0, 30 * RATE);
    float[] mono = render(new Ambient(1, RATE), 1, 0, 30 * RATE);
    double middle = 0;
    double side = 0;
    for (int i = 0; i < mono.length; i++) {
      assertThat(mono[i]).isEqualTo((stereo[2 * i] + stereo[2 * i + 1]) / 2);
      middle += mono[i] * mono[i];
      side += Math.pow((stereo[2 * i] - stereo[2 * i + 1]) / 2, 2);
    }
    assertThat(side / middle).isBetween(0.02, 0.9);
  }

  private static float[] render(Ambient piece, int channels, long from, int frames) {
    AudioBlock block = new AudioBlock(channels, frames);
    piece.fill(block, from);
    return block.samples();
  }
}
