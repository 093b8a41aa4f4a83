package dev.tutti.feeds.file;

import static dev.tutti.feeds.Capture.floats16;
import static dev.tutti.feeds.Capture.noise;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tutti.api.audio.AudioBlock;
import dev.tutti.api.audio.SampleFormat;
import dev.tutti.api.audio.SourceRequest;
import dev.tutti.api.audio.SourceUri;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSourceTest {
  private static final int FRAMES = 1000;

  @TempDir private Path folder;
  private final byte[] pcm = noise(7, 4 * FRAMES);

  private FileSource open(String name, byte[] bytes) throws IOException {
    return open(Files.write(folder.resolve(name), bytes));
  }

  private static FileSource open(Path file) throws IOException {
    SourceUri uri = SourceUri.parse("file://" + file + "?name=loop");
    return FileSource.open(new SourceRequest(uri, SampleFormat.DEFAULT, "loop"));
  }

  private static float[] read(FileSource source, int frames) throws IOException {
    AudioBlock block = new AudioBlock(2, frames);
    while (block.free() > 0) {
      assertThat(source.read(block)).isTrue();
    }
    return block.samples();
  }

  @Test
  void playsOverAndOverWithoutAGap() throws IOException {
    try (FileSource source = open("loop.pcm", pcm)) {
      float[] once = floats16(pcm);
      float[] heard = read(source, 2 * FRAMES + 10);
      assertThat(Arrays.copyOfRange(heard, 0, 2 * FRAMES)).isEqualTo(once);
      assertThat(Arrays.copyOfRange(heard, 2 * FRAMES, 4 * FRAMES)).isEqualTo(once);
      assertThat(source.position()).isEqualTo("10");
    }
  }

  @Test
  void goesBackToAPlaceAndOnWithoutReading() throws IOException {
    try (FileSource source = open("loop.pcm", pcm)) {
      source.reposition("990");
      assertThat(source.skipFrames(20)).isTrue();
      float[] heard = read(source, 5);
      assertThat(heard).isEqualTo(Arrays.copyOfRange(floats16(pcm), 20, 30));
      assertThat(source.elapsed()).contains(Duration.ofNanos(15 * 1_000_000_000L / 48_000));
    }
  }

  @Test
  void itsTitleIsItsNameWithoutTheEnding() throws IOException {
    try (FileSource source = open("sea waves.pcm", pcm)) {
      assertThat(source.track().title()).isEqualTo("sea waves");
    }
  }

  @Test
  void aWavHeaderIsSkippedAtEachTurn() throws IOException {
    ByteBuffer h = ByteBuffer.allocate(44).order(ByteOrder.LITTLE_ENDIAN);
    h.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(-1);
    h.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16).putShort((short) 1);
    h.putShort((short) 2).putInt(48_000).putInt(192_000).putShort((short) 4).putShort((short) 16);
    h.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(-1);
    ByteArrayOutputStream wav = new ByteArrayOutputStream();
    wav.write(h.array());
    wav.write(pcm);
    try (FileSource source = open("a.wav", wav.toByteArray())) {
      float[] heard = read(source, 2 * FRAMES);
      assertThat(Arrays.copyOfRange(heard, 2 * FRAMES, 4 * FRAMES)).isEqualTo(floats16(pcm));
    }
  }

  @Test
  void aFileThatShrinksWhileItPlaysBeginsAnew() throws IOException {
    try (FileSource source = open("a.pcm", pcm)) {
      read(source, 600);
      Files.write(folder.resolve("a.pcm"), Arrays.copyOf(pcm, 400));
      float[] heard = read(source, 10);
      assertThat(heard).isEqualTo(Arrays.copyOf(floats16(pcm), 20));
    }
  }

  @Test
  void whatCannotBePlayedIsRefusedWithASentence() throws IOException {
    assertThatThrownBy(() -> open(folder.resolve("none.pcm"))).hasMessageContaining("no file");
    assertThatThrownBy(() -> open(folder)).hasMessageContaining("no regular file");
    assertThatThrownBy(() -> open("empty", new byte[3])).hasMessageContaining("holds no audio");
  }
}
