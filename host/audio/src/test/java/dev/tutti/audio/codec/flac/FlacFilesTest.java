package dev.tutti.audio.codec.flac;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.api.audio.SampleFormat;
import dev.tutti.audio.codec.CodecSpec;
import dev.tutti.audio.codec.Decoded;
import dev.tutti.audio.codec.Decoder;
import dev.tutti.audio.codec.Decoders;
import dev.tutti.audio.codec.Encoder;
import dev.tutti.audio.codec.Packets;
import dev.tutti.audio.codec.TestSignals;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlacFilesTest {
  private static final int BLOCK = 576;
  private static final int FRAMES = 4410;

  @TempDir Path folder;

  private static byte[] music() throws IOException {
    return Files.readAllBytes(Decoded.resource("music.flac"));
  }

  private Decoded decode(byte[] content) throws IOException {
    return Decoded.of(Files.write(folder.resolve("a.flac"), content));
  }

  private static float[] original() {
    return TestSignals.music(FRAMES, 2, 16, 44_100);
  }

  @Test
  void aDamagedFrameBecomesSilenceAndTheRestStaysInPlace() throws IOException {
    byte[] content = music();
    int middle = content.length / 2;
    content[middle] ^= 0x55;
    Decoded heard = decode(content);
    assertThat(heard.frames()).isEqualTo(FRAMES);
    float[] original = original();
    int wrong = 0;
    for (int i = 0; i < heard.samples().length; i++) {
      wrong += heard.samples()[i] == original[i] ? 0 : 1;
    }
    assertThat(wrong).isBetween(BLOCK, 2 * BLOCK);
  }

  @Test
  void anId3TagInFrontIsSteppedOver() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {'I', 'D', '3', 4, 0, 0, 0, 0, 1, 0});
    out.writeBytes(new byte[128]);
    out.writeBytes(music());
    assertThat(decode(out.toByteArray()).samples()).isEqualTo(original());
  }

  @ParameterizedTest
  @ValueSource(bytes = {0x00, 0x0F})
  void aLengthThatCannotBeIsNotBelieved(byte highBits) throws IOException {
    byte[] content = music();
    int totalAt = 4 + 4 + 13;
    content[totalAt] = (byte) ((content[totalAt] & 0xF0) | highBits);
    for (int i = 1; i < 5; i++) {
      content[totalAt + i] = highBits == 0 ? 0 : (byte) 0xFF;
    }
    Decoded heard = decode(content);
    assertThat(heard.claimedFrames()).isEmpty();
    assertThat(heard.frames()).isEqualTo(FRAMES);
  }

  @Test
  void framesThatAllCarryOneNumberPlayAndSeek() throws IOException {
    float[] samples = TestSignals.noise(100 * 960, 2, 16);
    Path file = folder.resolve("stream.flac");
    try (Encoder encoder =
        new FlacEncoderProvider().open(CodecSpec.parse("flac"), SampleFormat.DEFAULT, 960)) {
      Files.write(file, Packets.encode(encoder, samples, 960, 16).file());
    }
    assertThat(Decoded.of(file).samples()).isEqualTo(samples);
    try (Decoder decoder = Decoders.open(file)) {
      decoder.seek(70_000);
      assertThat(Decoded.of(decoder, 1).samples())
          .containsExactly(samples[140_000], samples[140_001]);
    }
  }
}
