package dev.tutti.audio.codec.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tutti.api.audio.AudioBlock;
import dev.tutti.audio.codec.Decoded;
import dev.tutti.audio.codec.Decoder;
import dev.tutti.audio.codec.Tools;
import dev.tutti.audio.codec.UnreadableAudio;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FfmpegDecoderTest {
  private final FfmpegDecoderProvider provider = new FfmpegDecoderProvider();

  @TempDir Path folder;

  @BeforeEach
  void needsFfmpeg() {
    Tools.need("ffmpeg");
  }

  private static byte[] head(Path file) throws IOException {
    byte[] all = Files.readAllBytes(file);
    return Arrays.copyOf(all, Math.min(all.length, 4096));
  }

  private static long children() {
    return ProcessHandle.current().children().filter(ProcessHandle::isAlive).count();
  }

  @Test
  void playsLosslessFilesBitByBit() throws IOException {
    Path file = Decoded.resource("music.wv");
    try (Decoder decoder = provider.open(file, head(file)).orElseThrow()) {
      Decoded heard = Decoded.of(decoder, Integer.MAX_VALUE);
      assertThat(heard.samples()).isEqualTo(Decoded.of(Decoded.resource("music.flac")).samples());
      assertThat(heard.exactBits()).isEqualTo(16);
    }
  }

  @Test
  void closingEndsTheProcess() throws IOException {
    Path file = Decoded.resource("music.wv");
    long before = children();
    Decoder decoder = provider.open(file, head(file)).orElseThrow();
    decoder.read(new AudioBlock(2, 10));
    decoder.close();
    await().untilAsserted(() -> assertThat(children()).isLessThanOrEqualTo(before));
  }

  @Test
  void damageIsToldInWords() throws IOException {
    byte[] content = new byte[50_000];
    new Random(1).nextBytes(content);
    System.arraycopy("wvpk".getBytes(StandardCharsets.US_ASCII), 0, content, 0, 4);
    Path file = Files.write(folder.resolve("a.wv"), content);
    assertThatThrownBy(() -> provider.open(file, head(file)))
        .isInstanceOfSatisfying(
            UnreadableAudio.class,
            unreadable ->
                assertThat(unreadable.reason()).startsWith("cannot be played by FFmpeg: "));
  }

  @Test
  void whatItCannotNameItDoesNotTouch() throws IOException {
    Path list =
        Files.writeString(folder.resolve("a.mp3"), "#EXTM3U\nhttp://127.0.0.1:1/secret.ts\n");
    Path concat = Files.writeString(folder.resolve("b.mp3"), "ffconcat version 1.0\nfile x.wav\n");
    assertThat(provider.open(list, head(list))).isEmpty();
    assertThat(provider.open(concat, head(concat))).isEmpty();
  }

  @Test
  void isFoundOnThePath() throws IOException {
    Path program = Files.writeString(folder.resolve("ffmpeg"), "");
    assertThat(FfmpegDecoderProvider.onPath(folder.toString())).isEmpty();
    assertThat(program.toFile().setExecutable(true)).isTrue();
    assertThat(FfmpegDecoderProvider.onPath("/nowhere:" + folder)).contains(program);
  }
}
