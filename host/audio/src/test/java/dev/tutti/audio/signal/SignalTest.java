package dev.tutti.audio.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tutti.api.audio.AudioBlock;
import dev.tutti.audio.dsp.Dither;
import dev.tutti.audio.dsp.PcmWriter;
import dev.tutti.audio.measure.Fft;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SignalTest {
  private static final int RATE = 48_000;

  static Stream<Signal> signals() {
    return Stream.of(
        new Sine(440, 0.5, RATE),
        new Sweep(20, 20_000, RATE, 0.5, RATE),
        new Noise(Noise.Colour.WHITE, 0.5, 1),
        new Noise(Noise.Colour.PINK, 0.5, 1),
        new Ramp());
  }

  @ParameterizedTest
  @MethodSource("signals")
  void anyPlaceIsTheSameHoweverItIsReached(Signal signal) {
    float[] whole = signal.render(5000, 2);
    AudioBlock block = new AudioBlock(2, 100);
    signal.fill(block, 4321);

    assertThat(block.frames()).isEqualTo(100);
    assertThat(block.samples()).isEqualTo(Arrays.copyOfRange(whole, 2 * 4321, 2 * 4421));
  }

  @ParameterizedTest
  @MethodSource("signals")
  void nothingExceedsFullScale(Signal signal) {
    for (float sample : signal.render(RATE, 2)) {
      assertThat(sample).isBetween(-1f, 1f);
    }
  }

  @Test
  void aToneIsAsPreciseAfterAYearAsInTheFirstSecond() {
    long aYear = 365L * 86_400 * RATE;
    Sine sine = new Sine(1000, 0.5, RATE, 0.3);
    for (int i = 0; i < 1000; i++) {
      assertThat(sine.sample(aYear + i, 0)).isEqualTo(sine.sample(i, 0));
    }
  }

  @Test
  void aToneOfAQuarterHertzMoreRunsOnThroughTheSeconds() {
    Sine sine = new Sine(1000.25, 0.5, RATE);
    double expected = 0.5 * Math.sin(2 * Math.PI * 1000.25 * 100_001 / RATE);

    assertThat(sine.sample(100_001, 0)).isCloseTo((float) expected, within(1e-5f));
  }

  @Test
  void aToneBeyondTheRateIsRefused() {
    assertThatThrownBy(() -> new Sine(24_000, 0.5, RATE)).hasMessageContaining("0 to 24000 Hz");
  }

  @Test
  void aSweepPassesTheMiddleOctaveInTheMiddle() {
    // From 100 Hz to 10 kHz the middle is 1 kHz.
    float[] sweep = new Sweep(100, 10_000, 10 * RATE, 0.5, RATE).render(10 * RATE, 1);

    assertThat(crossings(sweep, 5 * RATE - 2400, 4800))
        .isCloseTo(1000 * 4800 * 2 / RATE, within(4));
  }

  @Test
  void whiteNoiseHasAsMuchInEachHertzAndPinkInEachOctave() {
    double[] white = octaves(new Noise(Noise.Colour.WHITE, 0.5, 2));
    double[] pink = octaves(new Noise(Noise.Colour.PINK, 0.5, 2));
    for (int octave = 5; octave < white.length; octave++) {
      assertThat(white[octave] - white[octave - 1])
          .as("white %d", octave)
          .isCloseTo(3, within(1.0));
      assertThat(pink[octave] - pink[octave - 1]).as("pink %d", octave).isCloseTo(0, within(1.2));
    }
  }

  @Test
  void channelsOfNoiseAreUnrelated() {
    float[] noise = new Noise(Noise.Colour.PINK, 0.5, 3).render(30 * RATE, 2);
    double product = 0;
    double power = 0;
    for (int i = 0; i < noise.length; i += 2) {
      product += noise[i] * noise[i + 1];
      power += noise[i] * noise[i];
    }
    assertThat(product / power).isCloseTo(0, within(0.1));
  }

  @Test
  void anotherSeedIsAnotherNoise() {
    assertThat(new Noise(Noise.Colour.WHITE, 0.5, 1).render(10, 1))
        .isNotEqualTo(new Noise(Noise.Colour.WHITE, 0.5, 2).render(10, 1));
  }

  @Test
  void everyFrameOfTheRampTellsItsNumberAfter16Bit() {
    Ramp ramp = new Ramp();
    float[] samples = ramp.render(200_000, 2);
    int[] pcm = new int[samples.length];
    new PcmWriter(16, new Dither(1)).toInts(samples, 0, samples.length, 16, pcm, 0);
    Set<Long> seen = new HashSet<>();
    for (int f = 0; f < 200_000; f++) {
      assertThat(pcm[2 * f] / 32768f).isEqualTo(samples[2 * f]);
      assertThat(ramp.frameOf(samples, f, 2)).isEqualTo(f);
      seen.add(ramp.frameOf(samples, f, 2));
    }
    assertThat(seen).hasSize(200_000);
  }

  private static int crossings(float[] sound, int from, int frames) {
    int count = 0;
    for (int i = from; i < from + frames; i++) {
      count += sound[i] < 0 != sound[i + 1] < 0 ? 1 : 0;
    }
    return count;
  }

  /** The power in each octave up to half the rate, in dB. */
  private static double[] octaves(Signal signal) {
    int size = 1 << 17;
    double[] re = new double[size];
    double[] im = new double[size];
    for (int i = 0; i < size; i++) {
      re[i] = signal.sample(i, 0);
    }
    new Fft(size).forward(re, im);
    double[] octaves = new double[16];
    for (int octave = 0; octave < octaves.length; octave++) {
      double sum = 0;
      for (int k = 1 << octave; k < 2 << octave; k++) {
        sum += re[k] * re[k] + im[k] * im[k];
      }
      octaves[octave] = 10 * Math.log10(sum);
    }
    return octaves;
  }
}
