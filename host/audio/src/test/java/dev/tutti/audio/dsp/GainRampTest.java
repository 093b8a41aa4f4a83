package dev.tutti.audio.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class GainRampTest {
  @Test
  void atUnitySamplesAndTheirExactnessAreLeftAlone() {
    float[] samples = {0.1f, -0.3f, 1 / 3f, 0.7f};
    float[] before = samples.clone();

    assertThat(new GainRamp(100, 1).apply(samples, 0, 2, 2)).isFalse();
    assertThat(samples).isEqualTo(before);
  }

  @Test
  void aChangeTakesTheRampAndNoSampleJumps() {
    GainRamp ramp = new GainRamp(960, 1);
    ramp.target(0.1);
    float[] ones = ones(2000);

    assertThat(ramp.apply(ones, 0, 2000, 1)).isTrue();

    assertThat(ones[0]).isEqualTo(1);
    assertThat(ones[960]).isEqualTo(0.1f);
    for (int i = 1; i < ones.length; i++) {
      assertThat(ones[i - 1] - ones[i]).as("frame %d", i).isBetween(0f, 0.0015f);
    }
  }

  @Test
  void aChangeDuringAChangeGoesOnFromWhereTheGainIs() {
    GainRamp ramp = new GainRamp(960, 0);
    float[] ones = ones(2000);
    ramp.target(1);
    ramp.apply(ones, 0, 480, 1);
    ramp.target(0.2);
    ramp.apply(ones, 480, 1520, 1);

    assertThat(ones[480]).isCloseTo(0.5f, within(0.002f));
    for (int i = 1; i < ones.length; i++) {
      assertThat(Math.abs(ones[i - 1] - ones[i])).as("frame %d", i).isLessThan(0.002f);
    }
  }

  @Test
  void backAtUnityItIsExactAgain() {
    GainRamp ramp = new GainRamp(10, 0.5);
    ramp.target(1);
    ramp.apply(ones(10), 0, 10, 1);

    assertThat(ramp.apply(ones(10), 0, 10, 1)).isFalse();
  }

  @Test
  void allChannelsOfAFrameGetTheSameGain() {
    GainRamp ramp = new GainRamp(100, 0);
    ramp.target(1);
    float[] samples = ones(300);
    ramp.apply(samples, 0, 100, 3);

    for (int i = 0; i < 300; i += 3) {
      assertThat(samples[i + 1]).isEqualTo(samples[i]);
      assertThat(samples[i + 2]).isEqualTo(samples[i]);
    }
  }

  @Test
  void aJumpIsAtOnce() {
    GainRamp ramp = new GainRamp(100, 1);
    ramp.jump(0.25);

    assertThat(ramp.current()).isEqualTo(0.25);
  }

  @Test
  void decibelsAreTwentyToTheDecade() {
    assertThat(GainRamp.ofDb(-20)).isCloseTo(0.1, within(1e-12));
    assertThat(GainRamp.ofDb(Double.NEGATIVE_INFINITY)).isZero();
  }

  private static float[] ones(int count) {
    float[] ones = new float[count];
    Arrays.fill(ones, 1);
    return ones;
  }
}
