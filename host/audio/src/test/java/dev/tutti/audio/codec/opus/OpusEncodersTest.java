package dev.tutti.audio.codec.opus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tutti.api.audio.SampleFormat;
import dev.tutti.audio.codec.CodecSpec;
import dev.tutti.audio.codec.Encoder;
import dev.tutti.audio.codec.EncoderProvider;
import dev.tutti.audio.codec.Packets;
import dev.tutti.audio.codec.TestSignals;
import io.github.jaredmdobson.concentus.OpusDecoder;
import io.github.jaredmdobson.concentus.OpusException;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class OpusEncodersTest {
  /** What the codec looks ahead in its mode with the shortest delay: 2.5 ms. */
  private static final int DELAY_FRAMES = 120;

  static Stream<EncoderProvider> providers() {
    return Stream.of(new LibOpusEncoderProvider(), new ConcentusEncoderProvider());
  }

  @ParameterizedTest
  @MethodSource("providers")
  void soundsLikeWhatWentIn(EncoderProvider provider) throws OpusException {
    assumeTrue(provider.available(), provider.requirement());
    float[] samples = TestSignals.music(48_000, 2, 16, 48_000);
    try (Encoder encoder = provider.open(CodecSpec.parse("opus"), SampleFormat.DEFAULT, 960)) {
      float[] heard = decode(Packets.encode(encoder, samples, 960, 16));
      float[] aligned = Arrays.copyOfRange(heard, DELAY_FRAMES * 2, heard.length);
      assertThat(heard).hasSize(48_000 * 2);
      assertThat(TestSignals.correlation(samples, aligned)).isGreaterThan(0.999);
    }
  }

  @ParameterizedTest
  @CsvSource({"960,960", "480,480", "240,240", "120,120", "1920,960", "882,960", "2880,960"})
  void packetsAreAsLongAsABlockOr20Ms(int block, int expected) {
    try (Encoder encoder =
        new ConcentusEncoderProvider().open(CodecSpec.parse("opus"), SampleFormat.DEFAULT, block)) {
      Packets out = Packets.encode(encoder, new float[5760 * 2], block, 16);
      assertThat(out.frames()).containsOnly(expected);
      assertThat(out.totalFrames() + encoder.framesInside()).isEqualTo(5760);
    }
  }

  @ParameterizedTest
  @MethodSource("providers")
  void theBitrateIsHeeded(EncoderProvider provider) {
    assumeTrue(provider.available(), provider.requirement());
    float[] samples = TestSignals.music(48_000, 2, 16, 48_000);
    CodecSpec spec = CodecSpec.parse("opus:BITRATE:64000,COMPLEXITY:1");
    try (Encoder encoder = provider.open(spec, SampleFormat.DEFAULT, 960)) {
      Packets out = Packets.encode(encoder, samples, 960, 16);
      assertThat(out.packets().stream().mapToInt(p -> p.length * 8).sum())
          .isBetween(50_000, 80_000);
    }
  }

  private static float[] decode(Packets packets) throws OpusException {
    OpusDecoder decoder = new OpusDecoder(48_000, 2);
    float[] heard = new float[packets.totalFrames() * 2];
    short[] pcm = new short[5760 * 2];
    int at = 0;
    for (byte[] packet : packets.packets()) {
      int frames = decoder.decode(packet, 0, packet.length, pcm, 0, 5760, false);
      for (int i = 0; i < frames * 2; i++) {
        heard[at++] = pcm[i] / 32768f;
      }
    }
    return heard;
  }
}
