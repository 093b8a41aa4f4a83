package dev.tutti.audio.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tutti.api.audio.EqBand;
import dev.tutti.api.audio.EqBand.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the equaliser does to tones, against what its shape says in continuous time. */
class EqualizerTest {
  private static final int RATE = 48_000;
  private static final double[] TONES = {31, 62, 125, 250, 500, 1000, 2000, 4000, 8000};

  private static EqBand band(Kind kind, double hertz, double gainDb, double q) {
    return new EqBand(kind, hertz, kind.gained() ? gainDb : 0, q);
  }

  /** How a tone of one channel comes out, in decibels, once the filter has settled. */
  private static double measuredDb(EqBand band, double hertz) {
    Equalizer eq = new Equalizer(List.of(band), RATE, 1);
    int frames = RATE;
    float[] samples = new float[frames];
    for (int i = 0; i < frames; i++) {
      samples[i] = (float) (0.1 * Math.sin(2 * Math.PI * hertz * i / RATE));
    }
    eq.apply(samples, frames);
    double sine = 0;
    double cosine = 0;
    for (int i = frames / 2; i < frames; i++) {
      sine += samples[i] * Math.sin(2 * Math.PI * hertz * i / RATE);
      cosine += samples[i] * Math.cos(2 * Math.PI * hertz * i / RATE);
    }
    return 20 * Math.log10(Math.hypot(sine, cosine) / (frames / 2) * 2 / 0.1);
  }

  /** The analogue prototype at the bilinear transform's warped frequency. */
  private static double analyticDb(EqBand band, double hertz) {
    double x = Math.tan(Math.PI * hertz / RATE) / Math.tan(Math.PI * band.hertz() / RATE);
    double a = Math.pow(10, band.gainDb() / 40);
    double q = band.q();
    double root = Math.sqrt(a);
    double flat = 1 - x * x;
    double power =
        switch (band.kind()) {
          case PEAK -> ratio(flat, x * a / q, flat, x / (a * q));
          case LOW_SHELF -> a * a * ratio(a - x * x, root * x / q, 1 - a * x * x, root * x / q);
          case HIGH_SHELF -> a * a * ratio(1 - a * x * x, root * x / q, a - x * x, root * x / q);
          case LOW_PASS -> ratio(1, 0, flat, x / q);
          case HIGH_PASS -> ratio(x * x, 0, flat, x / q);
          case NOTCH -> ratio(flat, 0, flat, x / q);
        };
    return 10 * Math.log10(power);
  }

  private static double ratio(double re, double im, double reBelow, double imBelow) {
    return (re * re + im * im) / (reBelow * reBelow + imBelow * imBelow);
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void everyShapeChangesTonesAsItsFormulaSays(Kind kind) {
    for (double gainDb : new double[] {-9, 6}) {
      EqBand band = band(kind, 700, gainDb, 1.2);
      for (double tone : TONES) {
        assertThat(measuredDb(band, tone))
            .as("%s at %s Hz", band, tone)
            .isCloseTo(analyticDb(band, tone), within(0.02));
        assertThat(20 * Math.log10(Biquad.of(band, RATE).gainAt(tone, RATE)))
            .as("coefficients of %s at %s Hz", band, tone)
            .isCloseTo(analyticDb(band, tone), within(1e-6));
      }
    }
  }

  @Test
  void leftAndRightDoNotHearEachOther() {
    Equalizer stereo =
        new Equalizer(
            List.of(band(Kind.PEAK, 1000, 12, 4), band(Kind.LOW_SHELF, 200, -6, 0.7)), RATE, 2);
    float[] samples = new float[2 * 4800];
    for (int i = 0; i < 4800; i++) {
      samples[2 * i] = (float) Math.sin(i * 0.13) * 0.3f;
    }
    stereo.apply(samples, 4800);

    for (int i = 0; i < 4800; i++) {
      assertThat(samples[2 * i + 1]).isZero();
    }
    assertThat(samples[2 * 4000]).isNotZero();
  }

  @Test
  void piecesOfAnySizeGiveTheSame() {
    List<EqBand> bands = List.of(band(Kind.HIGH_SHELF, 3000, 5, 0.7), band(Kind.NOTCH, 50, 0, 3));
    float[] whole = new float[2 * 2000];
    for (int i = 0; i < whole.length; i++) {
      whole[i] = (float) Math.sin(i * i * 0.001) * 0.5f;
    }
    float[] pieces = whole.clone();
    new Equalizer(bands, RATE, 2).apply(whole, 2000);
    Equalizer eq = new Equalizer(bands, RATE, 2);
    for (int at = 0; at < 2000; ) {
      int count = Math.min(1 + at % 313, 2000 - at);
      float[] piece = java.util.Arrays.copyOfRange(pieces, 2 * at, 2 * (at + count));
      eq.apply(piece, count);
      System.arraycopy(piece, 0, pieces, 2 * at, piece.length);
      at += count;
    }

    assertThat(pieces).containsExactly(whole);
  }
}
