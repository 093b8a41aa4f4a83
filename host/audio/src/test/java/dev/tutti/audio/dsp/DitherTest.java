package dev.tutti.audio.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DitherTest {
  private static final int COUNT = 200_000;

  @ParameterizedTest(name = "{0} exact bits to {1}: {2}")
  @CsvSource({
    "0, 16, true",
    "24, 16, true",
    "17, 16, true",
    "16, 16, false",
    "8, 16, false",
    "16, 8, true",
    "8, 8, false",
    "0, 24, false",
    "0, 32, false"
  })
  void ditherIsUsedOnlyWhereBitsAreLost(int exactBits, int bits, boolean needed) {
    assertThat(Dither.needed(exactBits, bits)).isEqualTo(needed);
  }

  @Test
  void theNoiseIsTriangularOverTwoStepsAndCentred() {
    Dither dither = new Dither(7);
    double sum = 0;
    double power = 0;
    int inner = 0;
    for (int i = 0; i < COUNT; i++) {
      double d = dither.next();
      assertThat(d).isBetween(-1.0, 1.0);
      sum += d;
      power += d * d;
      inner += Math.abs(d) < 0.5 ? 1 : 0;
    }
    assertThat(sum / COUNT).isCloseTo(0, within(0.005));
    assertThat(power / COUNT).isCloseTo(1 / 6.0, within(0.003));
    assertThat((double) inner / COUNT).isCloseTo(0.75, within(0.005));
  }

  @Test
  void theNoiseIsWhite() {
    Dither dither = new Dither(8);
    double last = dither.next();
    double product = 0;
    for (int i = 0; i < COUNT; i++) {
      double d = dither.next();
      product += d * last;
      last = d;
    }
    assertThat(product / COUNT).isCloseTo(0, within(0.002));
  }

  @Test
  void aPlaceAlwaysGetsTheSameNoise() {
    Dither dither = new Dither(9);
    for (int i = 0; i < 1000; i++) {
      dither.next();
    }
    double at1000 = dither.next();
    dither.next();
    dither.position(1000);

    assertThat(dither.next()).isEqualTo(at1000);
  }

  @Test
  void aToneBelowOneStepSurvivesTheWayTo16Bit() {
    // A third of a step: plain rounding would leave nothing of it.
    float[] tone = new float[COUNT];
    for (int i = 0; i < COUNT; i++) {
      tone[i] = (float) (Math.sin(2 * Math.PI * i / 48) / 3 / 32768);
    }
    int[] out = new int[COUNT];
    new PcmWriter(16, new Dither(10)).toInts(tone, 0, COUNT, 0, out, 0);

    double found = 0;
    for (int i = 0; i < COUNT; i++) {
      found += out[i] * Math.sin(2 * Math.PI * i / 48) * 2 / COUNT;
    }
    assertThat(found).isCloseTo(1 / 3.0, within(0.01));
  }

  @Test
  void theErrorOfDitheredSamplesDoesNotDependOnTheSignal() {
    for (double level : new double[] {0.1, 0.25, 0.5}) {
      float[] constant = new float[COUNT];
      java.util.Arrays.fill(constant, (float) (level / 32768));
      int[] out = new int[COUNT];
      new PcmWriter(16, new Dither(11)).toInts(constant, 0, COUNT, 0, out, 0);
      double power = 0;
      for (int value : out) {
        power += (value - level) * (value - level) / COUNT;
      }
      // Triangular dither plus rounding: 1/6 + 1/12 of a squared step, whatever the level.
      assertThat(power).as("level %s", level).isCloseTo(0.25, within(0.005));
    }
  }
}
