package dev.tutti.audio.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecodersTest {
  @TempDir Path folder;

  private void assertUnreadable(Path file, String reason) {
    assertThatThrownBy(() -> Decoders.open(file).close())
        .isInstanceOfSatisfying(
            UnreadableAudio.class,
            unreadable -> {
              assertThat(unreadable.file()).isEqualTo(file);
              assertThat(unreadable.reason()).contains(reason);
              assertThat(unreadable).hasMessage(file + ": " + unreadable.reason());
            });
  }

  private Path file(String name, byte[] content) throws IOException {
    return Files.write(folder.resolve(name), content);
  }

  @Test
  void aMissingFileIsNamed() {
    assertUnreadable(folder.resolve("gone.mp3"), "does not exist");
  }

  @Test
  void aFolderIsNoFile() {
    assertUnreadable(folder, "is a folder");
  }

  @Test
  void anEmptyFileIsEmpty() throws IOException {
    assertUnreadable(file("empty.mp3", new byte[0]), "is empty");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "#EXTM3U\n#EXT-X-TARGETDURATION:10\nhttp://example.com/secret.ts\n",
        "\u00EF\u00BB\u00BF#EXTM3U\n",
        "  [playlist]\nFile1=http://example.com/\n",
        "<?xml version=\"1.0\"?><MPD/>",
        "ffconcat version 1.0\nfile '/etc/passwd'\n"
      })
  void aPlaylistInDisguiseIsNotOpened(String text) throws IOException {
    assertUnreadable(file("song.mp3", text.getBytes(StandardCharsets.ISO_8859_1)), "is a playlist");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 44, 4096, 300_000})
  void noiseIsNoAudio(int length) throws IOException {
    byte[] noise = new byte[length];
    new Random(length).nextBytes(noise);
    assertUnreadable(file("noise.mp3", noise), "");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 0xFF, 0xFB})
  void oneByteOverAndOverIsNoAudio(int value) throws IOException {
    byte[] same = new byte[200_000];
    Arrays.fill(same, (byte) value);
    assertUnreadable(file("same.mp3", same), "is in no audio format known here");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"fLaC", "RIFF\0\0\0\0WAVE", "FORM\0\0\0\0AIFF", "OggS", "ID3\4\0\0\0\0\0\0"})
  void aMarkerAloneIsNotEnough(String marker) throws IOException {
    assertUnreadable(file("stub", marker.getBytes(StandardCharsets.ISO_8859_1)), "");
  }

  @ParameterizedTest
  @CsvSource({
    "claims 9 channels, claims 9 channels, claims 9 channels",
    "claims 9 channels, is broken, claims 9 channels; it is broken"
  })
  void whatTwoDecodersSayIsSaidOnce(String first, String second, String reason) throws IOException {
    Path file = file("song.x", new byte[] {1});
    assertThatThrownBy(
            () -> Decoders.open(file, List.of(refusing(first), refusing(second))).close())
        .isInstanceOfSatisfying(
            UnreadableAudio.class, unreadable -> assertThat(unreadable.reason()).isEqualTo(reason));
  }

  private static DecoderProvider refusing(String reason) {
    return new DecoderProvider() {
      @Override
      public String name() {
        return "test";
      }

      @Override
      public Optional<Decoder> open(Path file, byte[] head) throws UnreadableAudio {
        throw new UnreadableAudio(file, reason);
      }
    };
  }

  @Test
  void knowsTheUsualNames() {
    assertThat(Decoders.extensions()).contains("wav", "aiff", "flac", "mp3");
  }
}
