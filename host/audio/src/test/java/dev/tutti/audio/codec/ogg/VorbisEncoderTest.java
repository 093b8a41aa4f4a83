package dev.tutti.audio.codec.ogg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tutti.api.audio.SampleFormat;
import dev.tutti.audio.codec.CodecSpec;
import dev.tutti.audio.codec.Encoder;
import dev.tutti.audio.codec.EncoderProvider;
import dev.tutti.audio.codec.Packets;
import dev.tutti.audio.codec.TestSignals;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VorbisEncoderTest {
  private final EncoderProvider provider = new VorbisEncoderProvider();

  @BeforeEach
  void needsTheLibrary() {
    assumeTrue(provider.available(), provider.requirement());
  }

  private Packets encodeOneSecond(String spec, SampleFormat format) {
    try (Encoder encoder = provider.open(CodecSpec.parse(spec), format, 960)) {
      Packets out =
          Packets.encode(
              encoder, TestSignals.music(48_000, 2, format.bits(), 48_000), 960, format.bits());
      assertThat(out.totalFrames() + encoder.framesInside()).isEqualTo(48_000);
      return out;
    }
  }

  @Test
  void theHeaderTellsTheSampleFormat() {
    Packets out = encodeOneSecond("ogg", new SampleFormat(48_000, 24, 2));
    assertThat(new String(out.header(), StandardCharsets.ISO_8859_1))
        .startsWith("OggS")
        .contains("SAMPLE_FORMAT=48000:24:2", "TITLE=");
  }

  @Test
  void everyPacketIsWholePagesThatEndAtItsGranule() {
    Packets out = encodeOneSecond("ogg:VBR:0.4", SampleFormat.DEFAULT);
    long granule = 0;
    for (int i = 0; i < out.packets().size(); i++) {
      granule += out.frames().get(i);
      ByteBuffer page = ByteBuffer.wrap(out.packets().get(i)).order(ByteOrder.LITTLE_ENDIAN);
      long lastGranule = -1;
      while (page.hasRemaining()) {
        int at = page.position();
        int bytes = 27 + (page.get(at + 26) & 0xFF);
        for (int s = 27; s < 27 + (page.get(at + 26) & 0xFF); s++) {
          bytes += page.get(at + s) & 0xFF;
        }
        lastGranule = page.getLong(at + 6);
        page.position(at + bytes);
      }
      assertThat(lastGranule).isEqualTo(granule);
    }
  }

  @Test
  void holdsBackLessThanATenthOfASecond() {
    assertThat(encodeOneSecond("ogg", SampleFormat.DEFAULT).totalFrames())
        .isGreaterThan(48_000 - 4800);
  }
}
