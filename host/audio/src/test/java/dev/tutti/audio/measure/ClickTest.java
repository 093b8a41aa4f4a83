package dev.tutti.audio.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tutti.audio.dsp.Dither;
import dev.tutti.audio.dsp.Fade;
import dev.tutti.audio.dsp.PcmReader;
import dev.tutti.audio.dsp.PcmWriter;
import dev.tutti.audio.signal.Noise;
import dev.tutti.audio.signal.Signal;
import dev.tutti.audio.signal.Sine;
import dev.tutti.audio.signal.Sweep;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClickTest {
  private static final int RATE = 48_000;

  static Stream<Arguments> cleanSounds() {
    return Stream.of(
        Arguments.of("tone", new Sine(440, 0.5, RATE)),
        Arguments.of("high tone", new Sine(15_000, 0.9, RATE)),
        Arguments.of("low tone", new Sine(41, 0.9, RATE)),
        Arguments.of("sweep", new Sweep(20, 20_000, 10 * RATE, 0.7, RATE)),
        Arguments.of("white noise", new Noise(Noise.Colour.WHITE, 0.9, 1)),
        Arguments.of("pink noise", new Noise(Noise.Colour.PINK, 0.9, 2)),
        Arguments.of("chord", chord()),
        Arguments.of("drums", drums()),
        Arguments.of("plucked strings", strings()),
        Arguments.of("voice", voice()),
        Arguments.of("everything", mixed()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cleanSounds")
  void aCleanSoundHasNoClicks(String name, Signal signal) {
    assertThat(Click.find(sixteenBit(signal.render(10 * RATE, 1)), 1)).isEmpty();
  }

  @ParameterizedTest(name = "{0} frames")
  @ValueSource(ints = {1, 2, 10, 960})
  void lostFramesInAToneAreFound(int lost) {
    float[] tone = sixteenBit(new Sine(440, 0.3, RATE).render(RATE, 1));
    float[] cut = without(tone, 20_000, lost);

    assertFoundAt(Click.find(cut, 1), 20_000);
  }

  @Test
  void aDoubledFrameInAChordIsFound() {
    float[] chord = sixteenBit(chord().render(RATE, 1));
    float[] doubled = Arrays.copyOf(chord, RATE);
    System.arraycopy(chord, 19_999, doubled, 20_000, RATE - 20_000);

    assertFoundAt(Click.find(doubled, 1), 20_000);
  }

  @Test
  void aHardSpliceInMusicIsFound() {
    float[] music = sixteenBit(mixed().render(4 * RATE, 1));
    float[] spliced = music.clone();
    // The splice must be heard in the first place: take one with a jump.
    int from = 90_000;
    while (Math.abs(music[from] - music[50_000]) < 0.4) {
      from++;
    }
    System.arraycopy(music, from, spliced, 50_000, 40_000);

    assertThat(Click.find(Arrays.copyOf(spliced, 85_000), 1))
        .anySatisfy(click -> assertThat(click.frame()).isCloseTo(50_000L, within(2L)));
  }

  @ParameterizedTest(name = "{0} ms")
  @ValueSource(doubles = {0.5, 3, 20})
  void bothEndsOfAHoleAreFound(double ms) {
    float[] tone = sixteenBit(new Sine(437, 0.5, RATE).render(RATE, 1));
    int frames = (int) (ms * RATE / 1000);
    Arrays.fill(tone, 20_010, 20_010 + frames, 0);

    List<Click> clicks = Click.find(tone, 1);
    assertThat(clicks)
        .anySatisfy(click -> assertThat(click.frame()).isCloseTo(20_010L, within(2L)));
    if (frames > 100) {
      assertThat(clicks)
          .anySatisfy(click -> assertThat(click.frame()).isCloseTo(20_010L + frames, within(2L)));
    }
  }

  @Test
  void aSpikeInNoiseIsFoundWhenItStandsOut() {
    float[] noise = new Noise(Noise.Colour.PINK, 0.5, 6).render(RATE, 1);
    noise[30_000] += 0.9f;

    assertFoundAt(Click.find(noise, 1), 30_000);
  }

  @Test
  void theChannelIsTold() {
    float[] stereo = new Sine(440, 0.5, RATE).render(RATE, 2);
    stereo[2 * 20_000 + 1] += 0.1f;

    assertThat(Click.find(stereo, 2))
        .singleElement()
        .satisfies(c -> {
          assertThat(c.channel()).isEqualTo(1);
          assertThat(c.frame()).isEqualTo(20_000);
          assertThat(c.size()).isCloseTo(0.1, within(0.02));
        });
  }

  @ParameterizedTest(name = "{0} ms")
  @ValueSource(doubles = {5, 20, 50})
  void aSpliceByFadeIsNoClick(double ms) {
    float[] from = new Sine(440, 0.4, RATE).render(RATE, 1);
    float[] to = new Sine(617, 0.4, RATE, 1).render(RATE, 1);
    Fade.ofMillis(ms, RATE, Fade.Curve.EQUAL_POWER).cross(from, 0, to, 0, RATE, 1, -20_000);

    assertThat(Click.find(sixteenBit(to), 1)).isEmpty();
  }

  @Test
  void aFadeFromSilenceIsNoClickButAHardStartIs() {
    float[] eased = new Sine(440, 0.4, RATE, 1).render(RATE, 1);
    Fade.ofMillis(5, RATE, Fade.Curve.EQUAL_POWER).fadeIn(eased, 0, RATE, 1, -20_000);
    assertThat(Click.find(sixteenBit(eased), 1)).isEmpty();

    float[] hard = new Sine(440, 0.4, RATE, 1).render(RATE, 1);
    Arrays.fill(hard, 0, 20_000, 0);
    assertFoundAt(Click.find(sixteenBit(hard), 1), 20_000);
  }

  @Test
  void silenceHasNoClicks() {
    assertThat(Click.find(new float[RATE], 1)).isEmpty();
  }

  private static void assertFoundAt(List<Click> clicks, long frame) {
    assertThat(clicks)
        .singleElement()
        .satisfies(click -> assertThat(click.frame()).isCloseTo(frame, within(2L)));
  }

  private static float[] without(float[] sound, int at, int lost) {
    float[] cut = Arrays.copyOf(sound, sound.length - lost);
    System.arraycopy(sound, at + lost, cut, at, sound.length - at - lost);
    return cut;
  }

  private static float[] sixteenBit(float[] sound) {
    int[] pcm = new int[sound.length];
    new PcmWriter(16, new Dither(1)).toInts(sound, 0, sound.length, 0, pcm, 0);
    float[] out = new float[sound.length];
    new PcmReader(16).toFloats(pcm, 0, out, 0, sound.length);
    return out;
  }

  private static Signal chord() {
    double[] hz = {146.83, 220, 277.18, 369.99, 554.37};
    return (frame, channel) -> {
      double sum = 0;
      for (double f : hz) {
        for (int h = 1; h <= 6; h++) {
          sum += Math.sin(2 * Math.PI * f * h * frame / RATE + h) / (h * h) * 0.1;
        }
      }
      return (float) sum;
    };
  }

  /** A beat each half second: a falling tone and a burst of noise, both starting at once. */
  private static Signal drums() {
    Noise noise = new Noise(Noise.Colour.WHITE, 0.5, 3);
    return (frame, channel) -> {
      double t = (frame % (RATE / 2)) / (double) RATE;
      double kick =
          0.5 * Math.exp(-t * 12) * Math.sin(2 * Math.PI * (60 * t + 6 * (1 - Math.exp(-t * 20))));
      double snare = frame / (RATE / 2) % 2 * Math.exp(-t * 25) * noise.sample(frame, 0);
      return (float) (kick * Math.min(1, t * 300) + snare);
    };
  }

  private static Signal strings() {
    return (frame, channel) -> {
      double sum = 0;
      for (int s = 0; s < 4; s++) {
        double t = ((frame + s * 9000) % (3 * RATE)) / (double) RATE;
        for (int h = 1; h <= 12; h++) {
          double hz = 110 * (1 + s * 0.25) * h;
          sum +=
              0.15
                  / h
                  * Math.exp(-t * (1 + h))
                  * Math.min(1, t * 500)
                  * Math.sin(2 * Math.PI * hz * t);
        }
      }
      return (float) sum;
    };
  }

  /** Pulses of a glottis through two formants, closed forms: damped tones, one per period. */
  private static Signal voice() {
    return (frame, channel) -> {
      double sum = 0;
      for (int back = 0; back < 4; back++) {
        double t = (frame % 400 + back * 400) / (double) RATE;
        sum += 0.3 * Math.exp(-t * 400) * Math.sin(2 * Math.PI * 700 * t);
        sum += 0.2 * Math.exp(-t * 500) * Math.sin(2 * Math.PI * 1220 * t);
      }
      return (float) sum;
    };
  }

  private static Signal mixed() {
    Signal chord = chord();
    Signal drums = drums();
    Signal strings = strings();
    Random random = new Random(5);
    double level = 0.5 + random.nextDouble() * 0.1;
    return (frame, channel) ->
        (float)
            (level * (chord.sample(frame, 0) + drums.sample(frame, 0) + strings.sample(frame, 0)));
  }
}
