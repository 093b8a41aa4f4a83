package dev.tutti.audio.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tutti.audio.signal.Noise;
import dev.tutti.audio.signal.Sine;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The synthetic signals of EBU Tech 3341, and its tolerances. */
class LoudnessMeterTest {
  private static final int RATE = 48_000;

  @ParameterizedTest(name = "{0} Hz")
  @ValueSource(ints = {8000, 22_050, 44_100, 48_000, 96_000, 192_000})
  void case1AToneOfMinus23IsMinus23AtEveryRate(int rate) {
    LoudnessMeter meter = new LoudnessMeter(rate, 2);
    tone(meter, rate, 20, -23, -23);

    assertThat(meter.integratedLufs()).isCloseTo(-23, within(0.1));
    assertThat(meter.momentaryLufs()).isCloseTo(-23, within(0.1));
    assertThat(meter.shortTermLufs()).isCloseTo(-23, within(0.1));
  }

  @Test
  void case2AToneOfMinus33IsMinus33() {
    LoudnessMeter meter = new LoudnessMeter(RATE, 2);
    tone(meter, RATE, 20, -33, -33);

    assertThat(meter.integratedLufs()).isCloseTo(-33, within(0.1));
  }

  @Test
  void case3TheRelativeGateLeavesOutWhatIsMuchQuieter() {
    LoudnessMeter meter = new LoudnessMeter(RATE, 2);
    tone(meter, RATE, 10, -36, -36);
    tone(meter, RATE, 60, -23, -23);
    tone(meter, RATE, 10, -36, -36);

    assertThat(meter.integratedLufs()).isCloseTo(-23, within(0.1));
  }

  @Test
  void case4TheAbsoluteGateLeavesOutWhatIsAlmostSilent() {
    LoudnessMeter meter = new LoudnessMeter(RATE, 2);
    tone(meter, RATE, 10, -72, -72);
    tone(meter, RATE, 10, -36, -36);
    tone(meter, RATE, 60, -23, -23);
    tone(meter, RATE, 10, -36, -36);
    tone(meter, RATE, 10, -72, -72);

    assertThat(meter.integratedLufs()).isCloseTo(-23, within(0.1));
  }

  @Test
  void case5WhatIsALittleQuieterCounts() {
    LoudnessMeter meter = new LoudnessMeter(RATE, 2);
    tone(meter, RATE, 20, -26, -26);
    tone(meter, RATE, 20.1, -20, -20);
    tone(meter, RATE, 20, -26, -26);

    assertThat(meter.integratedLufs()).isCloseTo(-23, within(0.1));
  }

  @Test
  void case6SurroundChannelsAreWeighted() {
    LoudnessMeter meter = new LoudnessMeter(RATE, 5);
    tone(meter, RATE, 20, -28, -28, -24, -30, -30);

    assertThat(meter.integratedLufs()).isCloseTo(-23, within(0.1));
  }

  @Test
  void theLowChannelDoesNotCount() {
    LoudnessMeter meter = new LoudnessMeter(RATE, 6);
    tone(meter, RATE, 20, -28, -28, -24, 0, -30, -30);

    assertThat(meter.integratedLufs()).isCloseTo(-23, within(0.1));
  }

  @ParameterizedTest(name = "a tone of 1/{0} of the rate at {1}°, amplitude {2}: {3} dBTP")
  @CsvSource({
    "4, 0, 0.5, -6",
    "4, 45, 0.5, -6",
    "6, 60, 0.5, -6",
    "8, 67.5, 0.5, -6",
    "4, 45, 1.41, 3"
  })
  void cases15To19TheTruePeakIsFoundBetweenTheSamples(
      int part, double degrees, double amplitude, double dbtp) {
    LoudnessMeter meter = new LoudnessMeter(RATE, 2);
    Sine sine = new Sine((double) RATE / part, amplitude, RATE, Math.toRadians(degrees));
    float[] sound = sine.render(RATE, 2);
    // As in the test files: eased in and out, or the switching itself would have the peak.
    for (int i = 0; i < 4800 * 2; i++) {
      sound[i] *= i / 9600f;
      sound[sound.length - 1 - i] *= i / 9600f;
    }
    meter.add(sound, 0, RATE);

    assertThat(meter.truePeakDb()).isBetween(dbtp - 0.4, dbtp + 0.2);
  }

  @Test
  void theSamplePeakIsTheHighestSample() {
    LoudnessMeter meter = new LoudnessMeter(RATE, 1);
    meter.add(new float[] {0.1f, -0.5f, 0.2f}, 0, 3);

    assertThat(meter.samplePeakDb()).isCloseTo(-6.02, within(0.01));
  }

  @Test
  void silenceHasNoLoudness() {
    LoudnessMeter meter = new LoudnessMeter(RATE, 2);
    meter.add(new float[RATE * 2], 0, RATE);

    assertThat(meter.integratedLufs()).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(meter.truePeakDb()).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(meter.loudness().gainDb(-18, -1)).isZero();
  }

  @Test
  void thePiecesItIsFedInDoNotMatter() {
    float[] noise = new Noise(Noise.Colour.PINK, 0.8, 3).render(RATE * 3, 2);
    LoudnessMeter whole = new LoudnessMeter(RATE, 2);
    whole.add(noise, 0, RATE * 3);
    LoudnessMeter pieces = new LoudnessMeter(RATE, 2);
    for (int at = 0, n; at < RATE * 3; at += n) {
      n = Math.min(RATE * 3 - at, 1 + at % 977);
      pieces.add(noise, at, n);
    }

    assertThat(pieces.integratedLufs()).isCloseTo(whole.integratedLufs(), within(1e-6));
    assertThat(pieces.truePeakDb()).isEqualTo(whole.truePeakDb());
    assertThat(pieces.frames()).isEqualTo(RATE * 3L);
  }

  @Test
  void anAlbumIsTheMeanOfThePowersOfItsPieces() {
    Loudness album =
        Loudness.together(
            List.of(
                new Loudness(-20, -3, 60),
                new Loudness(-26, -1, 60),
                new Loudness(Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY, 10)));

    assertThat(album.integratedLufs()).isCloseTo(-22.04, within(0.01));
    assertThat(album.truePeakDb()).isEqualTo(-1);
    assertThat(album.seconds()).isEqualTo(130);
  }

  @Test
  void theGainStopsWhereThePeaksWouldPassTheCeiling() {
    assertThat(new Loudness(-23, -10, 60).gainDb(-18, -1)).isEqualTo(5);
    assertThat(new Loudness(-23, -3, 60).gainDb(-18, -1)).isEqualTo(2);
    assertThat(new Loudness(-9, 0.5, 60).gainDb(-18, -1)).isEqualTo(-9);
  }

  @Test
  void nineChannelsAreRefused() {
    assertThatThrownBy(() -> new LoudnessMeter(RATE, 9)).hasMessageContaining("1 to 8, not 9");
  }

  /** A tone of 1 kHz with a peak level per channel, in dB. */
  private static void tone(LoudnessMeter meter, int rate, double seconds, double... levelsDb) {
    int frames = (int) Math.round(seconds * rate);
    float[] mono = new Sine(1000, 1, rate).render(frames, 1);
    float[] sound = new float[frames * levelsDb.length];
    for (int f = 0; f < frames; f++) {
      for (int c = 0; c < levelsDb.length; c++) {
        sound[f * levelsDb.length + c] = (float) (mono[f] * Math.pow(10, levelsDb[c] / 20));
      }
    }
    meter.add(sound, 0, frames);
  }
}
