package dev.tutti.ambient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tutti.api.audio.AudioBlock;
import dev.tutti.api.audio.SampleFormat;
import dev.tutti.api.audio.SourceRequest;
import dev.tutti.api.audio.SourceUri;
import dev.tutti.audio.measure.LoudnessMeter;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SineSourceTest {
  private static final int RATE = 48_000;

  /** S0-24: a 1 kHz tone where there is no music. */
  @Test
  void withoutOptionsItIsAKilohertzAtMinus20() {
    float[] tone = read(sine("sine://"), 2 * RATE);
    LoudnessMeter meter = new LoudnessMeter(RATE, 2);
    meter.add(tone, 0, 2 * RATE);

    assertThat(meter.samplePeakDb()).isCloseTo(-20, within(0.01));
    assertThat(crossings(tone)).isEqualTo(1000);
  }

  @Test
  void frequencyAndLevelCanBeChosen() {
    SineSource source = sine("sine://?hz=440&gainDb=-6");
    float[] tone = read(source, 2 * RATE);
    LoudnessMeter meter = new LoudnessMeter(RATE, 2);
    meter.add(tone, 0, 2 * RATE);

    assertThat(meter.samplePeakDb()).isCloseTo(-6, within(0.01));
    assertThat(crossings(tone)).isEqualTo(440);
    assertThat(source.track().title()).isEqualTo("440 Hz");
  }

  @Test
  void itIsEasedInAtTheBeginningOnly() {
    float[] tone = read(sine("sine://"), RATE);
    for (int i = 0; i < 100; i++) {
      assertThat(Math.abs(tone[2 * i])).as("frame %d", i).isLessThan(0.005f);
    }
    SineSource later = sine("sine://");
    later.skipFrames(480_000);

    assertThat(read(later, 48)[2 * 12]).isCloseTo(0.1f, within(0.001f));
  }

  @Test
  void aTokenLeadsToTheSameFrames() {
    SineSource first = sine("sine://?hz=333.3");
    read(first, 1234);
    String token = first.position();
    SineSource second = sine("sine://?hz=333.3");
    second.reposition(token);

    assertThat(read(second, 500)).isEqualTo(read(first, 500));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "sine://?hz=0, hz must be a number from 1.0 to 23999.0",
    "sine://?hz=30000, hz must be a number",
    "sine://?hz=loud, not \"loud\"",
    "sine://?gainDb=3, gainDb must be a number from -120.0 to 0.0",
    "sine://?gainDb=NaN, gainDb must be a number"
  })
  void aBadOptionIsNamedWithItsLimits(String uri, String message) {
    assertThatThrownBy(() -> sine(uri)).hasMessageContaining(message);
  }

  private static SineSource sine(String uri) {
    return SineSource.create(
        new SourceRequest(SourceUri.parse(uri), SampleFormat.DEFAULT, "default"));
  }

  private static float[] read(SineSource source, int frames) {
    AudioBlock block = new AudioBlock(2, frames);
    assertThat(source.read(block)).isTrue();
    return block.samples();
  }

  /** Upward crossings of the left side in the last second. */
  private static int crossings(float[] stereo) {
    float[] last = Arrays.copyOfRange(stereo, stereo.length - 2 * RATE - 2, stereo.length);
    int count = 0;
    for (int i = 0; i < RATE; i++) {
      count += last[2 * i] <= 0 && last[2 * i + 2] > 0 ? 1 : 0;
    }
    return count;
  }
}
