package dev.tutti.audio.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelMapTest {
  @Test
  void monoIsHeardOnBothSidesExactly() {
    assertThat(map(1, 2, 0.3f)).containsExactly(0.3f, 0.3f);
    assertThat(ChannelMap.of(1, 2).exact()).isTrue();
  }

  @Test
  void stereoBecomesItsMean() {
    assertThat(map(2, 1, 0.5f, 0.25f)).containsExactly(0.375f);
    assertThat(ChannelMap.of(2, 1).exact()).isFalse();
  }

  @Test
  void stereoOnManySpeakersPlaysOnTheFrontPair() {
    assertThat(map(2, 6, 0.1f, 0.2f)).containsExactly(0.1f, 0.2f, 0, 0, 0, 0);
    assertThat(ChannelMap.of(2, 6).exact()).isTrue();
  }

  @Test
  void fiveOneKeepsTheVoiceInTheMiddleAndDropsTheLowChannel() {
    float[] out = map(6, 2, 0, 0, 1, 1, 0, 0);

    assertThat(out[0]).isEqualTo(out[1]).isCloseTo(0.2929f, within(1e-4f));
  }

  @Test
  void sideChannelsPlayOnTheRearOnesWhereThereAreNoSides() {
    float[] out = map(8, 6, 0, 0, 0, 0, 0, 0, 1, 0);

    assertThat(out[4]).isPositive();
    assertThat(out[0]).isZero();
  }

  @ParameterizedTest(name = "{0} channels")
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void noMapClipsFullScaleAndNoVoiceIsLost(int from) {
    for (int to = 1; to <= 8; to++) {
      float[] full = new float[from];
      Arrays.fill(full, 1);
      for (float sample : map(from, to, full)) {
        assertThat(sample).as("%d to %d", from, to).isLessThanOrEqualTo(1.000001f);
      }
      for (int i = 0; i < from; i++) {
        float[] one = new float[from];
        one[i] = 1;
        boolean low = from >= 6 && i == 3;
        boolean heard = false;
        for (float sample : map(from, to, one)) {
          heard |= sample > 0;
        }
        assertThat(heard || low).as("channel %d of %d on %d", i, from, to).isTrue();
      }
    }
  }

  @ParameterizedTest(name = "{0} channels")
  @ValueSource(ints = {1, 2, 6})
  void theSameCountPassesBitByBit(int channels) {
    float[] in = new float[channels];
    for (int i = 0; i < channels; i++) {
      in[i] = 1f / (3 + i);
    }
    assertThat(map(channels, channels, in)).isEqualTo(in);
    assertThat(ChannelMap.of(channels, channels).exact()).isTrue();
  }

  @Test
  void offsetsAreFrames() {
    float[] out = new float[6];
    ChannelMap.of(1, 2).apply(new float[] {9, 0.5f}, 1, out, 2, 1);

    assertThat(out).containsExactly(0, 0, 0, 0, 0.5f, 0.5f);
  }

  @Test
  void nineChannelsAreRefused() {
    assertThatThrownBy(() -> ChannelMap.of(9, 2)).hasMessageContaining("1 to 8, not 9");
  }

  private static float[] map(int from, int to, float... frame) {
    float[] out = new float[to];
    ChannelMap.of(from, to).apply(frame, 0, out, 0, 1);
    return out;
  }
}
