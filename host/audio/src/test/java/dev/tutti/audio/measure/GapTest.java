package dev.tutti.audio.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.audio.signal.Noise;
import dev.tutti.audio.signal.Sine;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class GapTest {
  private static final int RATE = 48_000;

  @Test
  void aHoleIsFoundWithItsPlaceAndLength() {
    float[] sound = noise();
    Arrays.fill(sound, 2 * 10_000, 2 * 10_480, 0);

    assertThat(Gap.find(sound, 2, 240)).containsExactly(new Gap(10_000, 480));
  }

  @Test
  void aHoleInOneChannelOnlyIsNoGap() {
    float[] sound = noise();
    for (int f = 10_000; f < 10_480; f++) {
      sound[2 * f] = 0;
    }

    assertThat(Gap.find(sound, 2, 240)).isEmpty();
  }

  @Test
  void silenceBeforeAndBehindTheSoundIsNoGap() {
    float[] sound = noise();
    Arrays.fill(sound, 0, 5000, 0);
    Arrays.fill(sound, sound.length - 5000, sound.length, 0);

    assertThat(Gap.find(sound, 2, 240)).isEmpty();
  }

  @Test
  void theZerosOfATonePass() {
    assertThat(Gap.find(new Sine(100, 0.5, RATE).render(RATE, 2), 2, 5)).isEmpty();
  }

  @Test
  void aHoleFilledWithDitherIsFoundByItsLevel() {
    float[] sound = noise();
    for (int i = 20_000; i < 22_000; i++) {
      sound[i] = (i % 3 - 1) / 32768f;
    }

    assertThat(Gap.find(sound, 2, 240)).isEmpty();
    assertThat(Gap.find(sound, 2, 240, 2 / 32768f)).containsExactly(new Gap(10_000, 1000));
  }

  @Test
  void nothingButSilenceHasNoGap() {
    assertThat(Gap.find(new float[1000], 2, 10)).isEmpty();
  }

  private static float[] noise() {
    return new Noise(Noise.Colour.WHITE, 0.5, 1).render(RATE, 2);
  }
}
