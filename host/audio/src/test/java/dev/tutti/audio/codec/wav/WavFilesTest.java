package dev.tutti.audio.codec.wav;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tutti.audio.codec.Decoded;
import dev.tutti.audio.codec.Decoders;
import dev.tutti.audio.codec.UnreadableAudio;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WavFilesTest {
  private static final byte[] FOUR_NUMBERS = hex("0040 00C0 FF7F 0080");

  @TempDir Path folder;

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text.replace(" ", ""));
  }

  private static byte[] wav(int codec, int bits, int channels, byte[] data, long claimedBytes) {
    ByteBuffer head = ByteBuffer.allocate(44).order(ByteOrder.LITTLE_ENDIAN);
    head.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + data.length);
    head.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
    head.putShort((short) codec).putShort((short) channels).putInt(44_100);
    head.putInt(44_100 * channels * bits / 8).putShort((short) (channels * bits / 8));
    head.putShort((short) bits);
    head.put("data".getBytes(StandardCharsets.US_ASCII)).putInt((int) claimedBytes);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(head.array());
    out.writeBytes(data);
    return out.toByteArray();
  }

  private Path file(byte[] content) throws IOException {
    return Files.write(folder.resolve("a.wav"), content);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 8, C0 40 FF 00, 8, 8",
    "1, 16, 0040 00C0 FF7F 0080, 16, 16",
    "1, 24, 000040 0000C0 FFFF7F 000080, 24, 24",
    "1, 32, 00000040 000000C0 FFFFFF7F 00000080, 32, 0",
    "3, 32, 0000003F 000000BF 0000803F 000080BF, 24, 0",
    "3, 64, 000000000000E03F 000000000000E0BF 000000000000F03F 000000000000F0BF, 24, 0",
  })
  void readsEveryLayout(int codec, int bits, String data, int formatBits, int exactBits)
      throws IOException {
    byte[] bytes = hex(data);
    Decoded heard = Decoded.of(file(wav(codec, bits, 2, bytes, bytes.length)));
    assertThat(heard.format()).hasToString("44100:" + formatBits + ":2");
    assertThat(heard.exactBits()).isEqualTo(exactBits);
    assertThat(heard.samples()[0]).isEqualTo(0.5f);
    assertThat(heard.samples()[1]).isEqualTo(-0.5f);
    assertThat(heard.samples()[2]).isBetween(0.99f, 1f);
    assertThat(heard.samples()[3]).isEqualTo(-1f);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 0xFFFFFFFFL, 1_000_000_000L, 9})
  void aWrongSizeIsMeasuredAgainstTheFile(long claimed) throws IOException {
    Decoded heard = Decoded.of(file(wav(1, 16, 2, FOUR_NUMBERS, claimed)));
    assertThat(heard.frames()).isEqualTo(2);
    assertThat(heard.claimedFrames()).hasValue(2);
  }

  @Test
  void aSmallerSizeIsBelieved() throws IOException {
    assertThat(Decoded.of(file(wav(1, 16, 2, FOUR_NUMBERS, 4))).frames()).isOne();
  }

  @Test
  void notANumberIsSilence() throws IOException {
    byte[] data = hex("0000C07F 0000807F");
    assertThat(Decoded.of(file(wav(3, 32, 1, data, 8))).samples()).containsOnly(0);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 16, 0, 'claims 0 channels at 44100 Hz'",
    "1, 16, 9, 'claims 9 channels at 44100 Hz'",
    "1, 40, 1, 'has samples of 40 bits, which is not supported'",
    "3, 16, 1, 'has samples of 16 bits, which is not supported'",
  })
  void refusesNonsense(int codec, int bits, int channels, String reason) throws IOException {
    Path file = file(wav(codec, bits, channels, new byte[100], 100));
    assertThatThrownBy(() -> Decoders.open(file).close())
        .isInstanceOfSatisfying(
            UnreadableAudio.class,
            unreadable -> assertThat(unreadable.reason()).startsWith(reason));
  }

  @Test
  void readsAiff() throws IOException {
    byte[] file =
        hex(
            "464F524D 00000036 41494646"
                + "434F4D4D 00000012 0002 00000002 0010 400EAC44000000000000"
                + "53534E44 00000010 00000000 00000000 4000 C000 7FFF 8000");
    Decoded heard = Decoded.of(file(file));
    assertThat(heard.format()).hasToString("44100:16:2");
    assertThat(heard.samples()).containsExactly(0.5f, -0.5f, 32_767 / 32_768f, -1f);
  }
}
