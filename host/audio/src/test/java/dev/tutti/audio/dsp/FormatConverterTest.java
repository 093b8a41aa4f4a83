package dev.tutti.audio.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tutti.api.audio.AudioBlock;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormatConverterTest {
  @Test
  void whatNeedsNoChangePassesAtOnceAndStaysExact() {
    FormatConverter same = new FormatConverter(48_000, 2, 48_000, 2);
    AudioBlock in = ramp(2, 960).exactBits(16);
    AudioBlock out = new AudioBlock(2, 2000);

    assertThat(same.feed(in, 0)).isEqualTo(960);
    assertThat(same.drain(out)).isEqualTo(960);
    assertThat(Arrays.copyOf(out.samples(), 1920)).isEqualTo(in.samples());
    assertThat(out.exactBits()).isEqualTo(16);
  }

  @Test
  void monoOnTwoChannelsStaysExact() {
    FormatConverter wide = new FormatConverter(48_000, 1, 48_000, 2);
    AudioBlock out = new AudioBlock(2, 2000);
    wide.feed(ramp(1, 1500).exactBits(24), 0);
    wide.drain(out);

    assertThat(out.frames()).isEqualTo(1500);
    assertThat(out.samples()[2 * 1400]).isEqualTo(out.samples()[2 * 1400 + 1]).isEqualTo(1400f);
    assertThat(out.exactBits()).isEqualTo(24);
  }

  @ParameterizedTest(name = "{0} Hz, {1} channels to {2} Hz, {3} channels")
  @CsvSource({
    "44100, 2, 48000, 2",
    "44100, 1, 48000, 2",
    "48000, 6, 44100, 2",
    "96000, 2, 48000, 1"
  })
  void everyFrameComesOut(int fromRate, int fromChannels, int toRate, int toChannels) {
    FormatConverter converter = new FormatConverter(fromRate, fromChannels, toRate, toChannels);
    AudioBlock in = new AudioBlock(fromChannels, 10_000).frames(10_000);
    Arrays.fill(in.samples(), 0.25f);
    AudioBlock out = new AudioBlock(toChannels, 20_000);
    int fed = 0;
    while (fed < 10_000) {
      fed += converter.feed(in, fed);
      converter.drain(out);
    }
    converter.end();
    while (converter.drain(out) > 0) {
      assertThat(out.free()).isPositive();
    }

    assertThat(out.frames()).isEqualTo(Math.ceilDiv(10_000 * toRate, fromRate));
    float middle = out.samples()[out.frames() / 2 * toChannels];
    assertThat(middle).isBetween(0.2f, 0.2501f);
  }

  @Test
  void whatWasResampledIsNotExactAnyMore() {
    FormatConverter converter = new FormatConverter(44_100, 2, 48_000, 2);
    AudioBlock out = new AudioBlock(2, 2000);
    converter.feed(ramp(2, 1000).exactBits(16), 0);
    converter.drain(out);

    assertThat(out.exactBits()).isZero();
  }

  @Test
  void aBlockOfMixedOriginIsAsExactAsItsLeastExactPart() {
    FormatConverter same = new FormatConverter(48_000, 2, 48_000, 2);
    AudioBlock out = new AudioBlock(2, 2000);
    same.feed(ramp(2, 100).exactBits(16), 0);
    same.drain(out);
    same.feed(ramp(2, 100).exactBits(24), 0);
    same.drain(out);
    assertThat(out.exactBits()).isEqualTo(24);

    same.feed(ramp(2, 100), 0);
    same.drain(out);
    assertThat(out.exactBits()).isZero();
  }

  @Test
  void itGoesToAPlaceLikeItsResampler() {
    FormatConverter converter = new FormatConverter(44_100, 2, 48_000, 2);
    assertThat(converter.reposition(48_000)).isCloseTo(44_100L, within(100L));
  }

  @Test
  void aBlockOfOtherChannelsIsRefused() {
    FormatConverter converter = new FormatConverter(44_100, 2, 48_000, 2);
    assertThatThrownBy(() -> converter.feed(ramp(1, 1), 0)).hasMessageContaining("2 channels");
  }

  private static AudioBlock ramp(int channels, int frames) {
    AudioBlock block = new AudioBlock(channels, frames).frames(frames);
    for (int i = 0; i < frames * channels; i++) {
      block.samples()[i] = i / channels;
    }
    return block;
  }
}
