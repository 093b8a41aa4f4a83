package dev.tutti.audio.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResamplerTest {
  @ParameterizedTest(name = "{0} to {1}, {2} Hz: better than {3} dB")
  @CsvSource({
    "44100, 48000, 1000, 115",
    "44100, 48000, 19000, 115",
    "48000, 44100, 1000, 115",
    "48000, 44100, 19000, 115",
    "44100, 96000, 19000, 115",
    "192000, 44100, 15000, 115",
    "96000, 48000, 20000, 115",
    "8000, 48000, 3500, 115",
    "384000, 8000, 3000, 115",
    "44100, 47999, 1000, 110",
    "44100, 47999, 19000, 105",
  })
  void aToneArrivesAsTheToneComputedAtTheNewRate(int from, int to, double hz, double atLeastDb) {
    float[] in = tone(hz, from, from);
    float[] out = all(Resampler.between(from, to, 1), in, 1);
    float[] ideal = tone(hz, to, out.length);

    assertThat(snrDb(ideal, out, to / 10)).isGreaterThan(atLeastDb);
  }

  @Test
  void whatIsPassedOverLeavesTheRestAsItIs() {
    float[] in = tone(440, 8000, 3000);
    Resampler whole = Resampler.adjustable(8000, 8000, 1);
    Resampler passing = Resampler.adjustable(8000, 8000, 1);
    whole.setRatioPpm(137);
    passing.setRatioPpm(137);
    whole.feed(in, 0, in.length);
    passing.feed(in, 0, in.length);
    float[] expected = new float[2000];
    float[] made = new float[1000];

    assertThat(whole.drain(expected, 0, 2000)).isEqualTo(2000);
    assertThat(passing.pass(1000)).isEqualTo(1000);
    assertThat(passing.drain(made, 0, 1000)).isEqualTo(1000);

    assertThat(made).containsExactly(Arrays.copyOfRange(expected, 1000, 2000));
    assertThat(passing.ahead()).isEqualTo(whole.ahead());
  }

  @ParameterizedTest(name = "{0} to {1}: {2} Hz is gone")
  @CsvSource({"48000, 44100, 23000", "96000, 48000, 30000", "192000, 44100, 40000"})
  void whatTheNewRateCannotHoldIsGone(int from, int to, double hz) {
    float[] out = all(Resampler.between(from, to, 1), tone(hz, from, from), 1);

    assertThat(peak(out, to / 10)).isLessThan((float) (0.5 * GainRamp.ofDb(-110)));
  }

  @ParameterizedTest(name = "{0} to {1}, {2} frames")
  @CsvSource({
    "44100, 48000, 44100", "44100, 48000, 1", "44100, 48000, 12345", "48000, 44100, 777",
    "44100, 47999, 10001", "384000, 8000, 100001", "8000, 384000, 1001", "48000, 48000, 999"
  })
  void theLengthIsExactlyTheRatioRoundedUp(int from, int to, int frames) {
    float[] out = all(Resampler.between(from, to, 1), new float[frames], 1);

    assertThat(out.length).isEqualTo(Math.ceilDiv((long) frames * to, from));
  }

  @ParameterizedTest(name = "{0} to {0}, adjustable {1}")
  @CsvSource({"44100, false", "48000, true"})
  void equalRatesPassBitByBit(int rate, boolean adjustable) {
    float[] in = noise(20_000, 4);
    Resampler same =
        adjustable ? Resampler.adjustable(rate, rate, 2) : Resampler.between(rate, rate, 2);

    assertThat(all(same, in, 2)).isEqualTo(in);
  }

  @ParameterizedTest(name = "{0} to {1}, seed {2}")
  @CsvSource({"44100, 48000, 1", "48000, 44100, 2", "44100, 47999, 3"})
  void thePiecesItIsFedInDoNotMatter(int from, int to, long seed) {
    float[] in = noise(30_000, seed);
    float[] whole = all(Resampler.between(from, to, 2), in, 2);

    assertThat(inPieces(Resampler.between(from, to, 2), in, whole.length, new Random(seed)))
        .isEqualTo(whole);
  }

  @ParameterizedTest(name = "{0} to {1}, output frame {2}")
  @CsvSource({
    "44100, 48000, 0",
    "44100, 48000, 50",
    "44100, 48000, 7001",
    "48000, 44100, 9000",
    "44100, 47999, 8123",
    "192000, 44100, 2000"
  })
  void goingToAPlaceGivesTheSameFramesAsPlayingUpToIt(int from, int to, int place) {
    float[] in = noise(40_000, 5);
    float[] whole = all(Resampler.between(from, to, 2), in, 2);
    Resampler there = Resampler.between(from, to, 2);
    all(there, noise(5000, 6), 2);

    int first = (int) there.reposition(place);

    assertThat(all(there, Arrays.copyOfRange(in, first * 2, in.length), 2))
        .isEqualTo(Arrays.copyOfRange(whole, place * 2, whole.length));
  }

  @Test
  void channelsDoNotLeakIntoEachOther() {
    float[] in = new float[3 * 10_000];
    for (int i = 0; i < 10_000; i++) {
      in[3 * i + 1] = (float) Math.sin(i * 0.1);
    }
    float[] out = all(Resampler.between(44_100, 48_000, 3), in, 3);

    for (int i = 0; i < out.length; i += 3) {
      assertThat(out[i]).isZero();
      assertThat(out[i + 2]).isZero();
    }
  }

  @Test
  void aRatioChangedByMillionthsRunsThatMuchFaster() {
    Resampler drifting = Resampler.adjustable(48_000, 48_000, 1);
    drifting.setRatioPpm(100);
    float[] out = all(drifting, tone(1000, 48_000, 480_000), 1);

    // 480000 input frames are used up 48 frames earlier.
    assertThat(out.length).isCloseTo(480_000 - 48, within(1));
    float[] ideal = tone(1000 * 1.0001, 48_000, out.length);
    assertThat(snrDb(ideal, out, 4800)).isGreaterThan(110);
  }

  @ParameterizedTest(name = "{0} Hz, {1} channels: all that can be heard, up to 20 kHz")
  @CsvSource({"44100, 1", "44100, 2", "48000, 1", "48000, 2", "96000, 2"})
  void whatFollowsAClockIsFlatToTwentyKilohertz(int rate, int channels) {
    Resampler drifting = Resampler.adjustable(rate, rate, channels);
    drifting.setRatioPpm(37);
    float[] mono = tone(20_000, rate, rate);
    float[] in = new float[rate * channels];
    for (int i = 0; i < in.length; i++) {
      in[i] = mono[i / channels];
    }
    float[] out = all(drifting, in, channels);
    float[] first = new float[out.length / channels];
    for (int i = 0; i < first.length; i++) {
      first[i] = out[i * channels];
    }

    float[] ideal = tone(20_000 * 1.000037, rate, first.length);
    assertThat(snrDb(ideal, first, 400)).isGreaterThan(105);
  }

  @ParameterizedTest(name = "{0} ppm")
  @ValueSource(doubles = {-900, -37, 0.01, 12, 400})
  void inStereoItIsTheSameWhateverTheRequests(double ppm) {
    Resampler whole = Resampler.adjustable(48_000, 48_000, 2);
    Resampler pieces = Resampler.adjustable(48_000, 48_000, 2);
    whole.setRatioPpm(ppm);
    pieces.setRatioPpm(ppm);
    float[] in = noise(20_000, 21);

    float[] expected = all(whole, in, 2);
    float[] actual = inPieces(pieces, in, expected.length, new Random(22));

    assertThat(actual).isEqualTo(expected);
  }

  @Test
  void aRatioThatWandersLeavesNoStep() {
    Resampler drifting = Resampler.adjustable(44_100, 48_000, 1);
    float[] in = tone(997, 44_100, 88_200);
    float[] out = new float[110_000];
    Random random = new Random(11);
    int fed = 0;
    int made = 0;
    while (fed < in.length) {
      drifting.setRatioPpm(random.nextDouble(-500, 500));
      fed += drifting.feed(in, fed, Math.min(441, in.length - fed));
      made += drifting.drain(out, made, out.length - made);
    }

    // The second difference of a sine of amplitude 0.5: nothing may stand out from it.
    double w = 2 * Math.PI * 997 / 48_000;
    for (int i = 1000; i < made - 1; i++) {
      float bend = out[i - 1] - 2 * out[i] + out[i + 1];
      assertThat(Math.abs(bend)).as("frame %d", i).isLessThan((float) (0.5 * w * w * 1.01));
    }
  }

  @Test
  void backAtZeroPpmOnAFrameItIsExactAgainFromThere() {
    Resampler drifting = Resampler.adjustable(48_000, 48_000, 1);
    float[] in = noise(3000, 12);
    drifting.setRatioPpm(50);
    drifting.setRatioPpm(0);

    assertThat(all(drifting, in, 1)).isEqualTo(in);
  }

  @Test
  void aFixedRatioCannotBeChanged() {
    assertThatThrownBy(() -> Resampler.between(44_100, 48_000, 2).setRatioPpm(1))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void anAbsurdRatioIsRefused() {
    assertThatThrownBy(() -> Resampler.adjustable(44_100, 48_000, 2).setRatioPpm(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static float[] all(Resampler resampler, float[] in, int channels) {
    int frames = in.length / channels;
    float[] out = new float[0];
    float[] room = new float[4096 * channels];
    int fed = 0;
    while (true) {
      if (fed < frames) {
        fed += resampler.feed(in, fed, frames - fed);
      }
      if (fed == frames) {
        resampler.end();
      }
      int made = resampler.drain(room, 0, 4096);
      if (made == 0 && fed == frames) {
        return out;
      }
      int length = out.length;
      out = Arrays.copyOf(out, length + made * channels);
      System.arraycopy(room, 0, out, length, made * channels);
    }
  }

  private static float[] inPieces(Resampler resampler, float[] in, int samples, Random random) {
    float[] out = new float[samples + 100];
    int fed = 0;
    int made = 0;
    int idle = 0;
    while (idle < 100) {
      int frames = Math.min(random.nextInt(600), in.length / 2 - fed);
      if (fed < in.length / 2) {
        fed += resampler.feed(in, fed, frames);
        if (fed == in.length / 2) {
          resampler.end();
        }
      }
      int now = resampler.drain(out, made, Math.min(random.nextInt(700), out.length / 2 - made));
      made += now;
      idle = now == 0 ? idle + 1 : 0;
    }
    return Arrays.copyOf(out, made * 2);
  }

  private static float[] tone(double hz, int rate, int frames) {
    float[] out = new float[frames];
    for (int i = 0; i < frames; i++) {
      out[i] = (float) (0.5 * Math.sin(2 * Math.PI * hz * i / rate + 0.3));
    }
    return out;
  }

  @Test
  void tellsHowFarTheInputReachesBeyondTheNextOutput() {
    Resampler drifting = Resampler.adjustable(44_100, 48_000, 1);
    drifting.setRatioPpm(250);
    float[] out = new float[4000];
    drifting.feed(new float[2000], 0, 2000);
    double before = drifting.ahead();
    int made = drifting.drain(out, 0, 1000);

    assertThat(before).isEqualTo(2000);
    assertThat(drifting.ahead())
        .isCloseTo(
            2000 - made * 44_100 / 48_000.0 * 1.00025, org.assertj.core.data.Offset.offset(1e-4));
  }

  private static float[] noise(int samples, long seed) {
    Random random = new Random(seed);
    float[] out = new float[samples];
    for (int i = 0; i < samples; i++) {
      out[i] = random.nextFloat() * 2 - 1;
    }
    return out;
  }

  /** Leaves out the ends, where the tone is switched on and off. */
  private static double snrDb(float[] ideal, float[] actual, int margin) {
    double signal = 0;
    double error = 0;
    for (int i = margin; i < actual.length - margin; i++) {
      signal += (double) ideal[i] * ideal[i];
      error += Math.pow((double) actual[i] - ideal[i], 2);
    }
    return 10 * Math.log10(signal / error);
  }

  private static float peak(float[] samples, int margin) {
    float peak = 0;
    for (int i = margin; i < samples.length - margin; i++) {
      peak = Math.max(peak, Math.abs(samples[i]));
    }
    return peak;
  }
}
