package dev.tutti.audio.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tutti.audio.dsp.Resampler;
import dev.tutti.audio.signal.Noise;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CorrelationTest {
  private static final int RATE = 48_000;

  @ParameterizedTest(name = "{0} frames")
  @ValueSource(ints = {0, 1, -1, 480, -2399, 4000})
  void aWholeOffsetIsFound(int offset) {
    float[] noise = new Noise(Noise.Colour.PINK, 0.5, 1).render(3 * RATE, 1);
    float[] first = Arrays.copyOfRange(noise, 10_000, 10_000 + RATE);
    float[] second = Arrays.copyOfRange(noise, 10_000 - offset, 10_000 - offset + RATE);

    Correlation found = Correlation.of(first, second, 4800);

    assertThat(found.offsetFrames()).isCloseTo(offset, within(0.02));
    assertThat(found.similarity()).isCloseTo(1, within(1e-6));
  }

  @ParameterizedTest(name = "{0} of 8 parts")
  @ValueSource(ints = {1, 2, 3, 4, 5, 7})
  void anOffsetBetweenFramesIsFound(int eighths) {
    // Both are one fine sound, read every eighth frame from different places.
    float[] coarse = new Noise(Noise.Colour.PINK, 0.5, 2).render(RATE, 1);
    Resampler finer = Resampler.between(RATE / 6, RATE / 6 * 8, 1);
    float[] fine = new float[6 * RATE];
    int fed = 0;
    int made = 0;
    while (made < fine.length) {
      fed += finer.feed(coarse, fed, Math.min(1000, RATE - fed));
      made += finer.drain(fine, made, fine.length - made);
    }
    float[] first = new float[RATE / 2];
    float[] second = new float[RATE / 2];
    for (int i = 0; i < RATE / 2; i++) {
      first[i] = fine[800 + i * 8];
      second[i] = fine[800 + i * 8 - eighths];
    }

    assertThat(Correlation.of(first, second, 100).offsetFrames())
        .isCloseTo(eighths / 8.0, within(0.02));
  }

  @Test
  void aRecordingWithNoiseAndAnotherVolumeStillMatches() {
    float[] noise = new Noise(Noise.Colour.PINK, 0.5, 3).render(2 * RATE, 1);
    float[] other = new Noise(Noise.Colour.WHITE, 0.02, 4).render(RATE, 1);
    float[] second = new float[RATE];
    for (int i = 0; i < RATE; i++) {
      second[i] = 0.3f * noise[i + 700] + other[i];
    }

    Correlation found = Correlation.of(noise, second, 1000);

    assertThat(found.offsetFrames()).isCloseTo(-700, within(0.05));
    assertThat(found.similarity()).isBetween(0.8, 1.0);
  }

  @Test
  void unrelatedSoundsAreNotSimilar() {
    float[] first = new Noise(Noise.Colour.WHITE, 0.5, 5).render(RATE, 1);
    float[] second = new Noise(Noise.Colour.WHITE, 0.5, 6).render(RATE, 1);

    assertThat(Correlation.of(first, second, 1000).similarity()).isLessThan(0.05);
  }

  @Test
  void silenceIsSimilarToNothing() {
    assertThat(Correlation.of(new float[1000], new float[1000], 10).similarity()).isZero();
  }

  @Test
  void theTransformFindsAToneAndGoesBack() {
    Fft fft = new Fft(1024);
    double[] re = new double[1024];
    double[] im = new double[1024];
    for (int i = 0; i < 1024; i++) {
      re[i] = Math.cos(2 * Math.PI * 37 * i / 1024);
    }
    double[] before = re.clone();
    fft.forward(re, im);

    assertThat(re[37]).isCloseTo(512, within(1e-9));
    assertThat(re[38]).isCloseTo(0, within(1e-9));

    fft.inverse(re, im);
    for (int i = 0; i < 1024; i++) {
      assertThat(re[i]).isCloseTo(before[i], within(1e-12));
    }
  }
}
