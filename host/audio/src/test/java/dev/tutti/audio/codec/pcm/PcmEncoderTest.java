package dev.tutti.audio.codec.pcm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.api.audio.SampleFormat;
import dev.tutti.audio.codec.CodecSpec;
import dev.tutti.audio.codec.Encoder;
import dev.tutti.audio.codec.Packets;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PcmEncoderTest {
  @ParameterizedTest
  @CsvSource({
    "48000:8:2, 40 C0 7F 80",
    "48000:16:2, 00 40 00 C0 FF 7F 00 80",
    "48000:24:2, 00 00 40 00 00 00 C0 FF FF FF 7F 00 00 00 80 FF",
    "48000:32:2, 00 00 00 40 00 00 00 C0 FF FF FF 7F 00 00 00 80",
  })
  void laysSamplesOutAsSnapcastDoes(String format, String hex) {
    SampleFormat parsed = SampleFormat.parse(format);
    try (Encoder encoder = new PcmEncoderProvider().open(CodecSpec.parse("pcm"), parsed, 2)) {
      Packets out = Packets.encode(encoder, new float[] {0.5f, -0.5f, 1, -1}, 2, parsed.bits());
      assertThat(HexFormat.ofDelimiter(" ").withUpperCase().formatHex(out.packets().getFirst()))
          .isEqualTo(hex);
    }
  }
}
