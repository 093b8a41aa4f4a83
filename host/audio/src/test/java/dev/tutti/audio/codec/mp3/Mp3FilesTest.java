package dev.tutti.audio.codec.mp3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.audio.codec.Decoded;
import dev.tutti.audio.codec.TestSignals;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Mp3FilesTest {
  private static final int FRAMES = 17_640;
  private static final int PER_FRAME = 1152;

  @TempDir Path folder;

  private static byte[] music(String name) throws IOException {
    return Files.readAllBytes(Decoded.resource(name));
  }

  private Decoded decode(byte[]... parts) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return Decoded.of(Files.write(folder.resolve("a.mp3"), out.toByteArray()));
  }

  @Test
  void withoutATagEveryFrameIsHeard() throws IOException {
    Decoded heard = Decoded.of(Decoded.resource("music-untagged.mp3"));
    assertThat(heard.frames()).isGreaterThan(FRAMES);
    assertThat(heard.frames() % PER_FRAME).isZero();
    assertThat(heard.claimedFrames()).hasValue(heard.frames());
  }

  @Test
  void tagsAroundTheMusicAreSteppedOver() throws IOException {
    byte[] id3 = new byte[10 + 256];
    System.arraycopy(new byte[] {'I', 'D', '3', 3, 0, 0, 0, 0, 2, 0}, 0, id3, 0, 10);
    byte[] id3v1 = Arrays.copyOf("TAGtitle".getBytes(StandardCharsets.US_ASCII), 128);
    Decoded plain = Decoded.of(Decoded.resource("music-cbr.mp3"));
    assertThat(decode(id3, music("music-cbr.mp3"), id3v1).samples()).isEqualTo(plain.samples());
  }

  @Test
  void junkBetweenFramesIsSteppedOver() throws IOException {
    byte[] music = music("music-untagged.mp3");
    int border = 0;
    for (int frame = 0; frame < 8; frame++) {
      border += frameBytes(music, border);
    }
    byte[] junk = "no frame here".repeat(20).getBytes(StandardCharsets.US_ASCII);
    Decoded heard =
        decode(Arrays.copyOf(music, border), junk, Arrays.copyOfRange(music, border, music.length));
    assertThat(heard.samples())
        .isEqualTo(Decoded.of(Decoded.resource("music-untagged.mp3")).samples());
  }

  private static int frameBytes(byte[] music, int at) {
    return FrameHeader.parse(ByteBuffer.wrap(music).getInt(at)).orElseThrow().bytes();
  }

  @Test
  void aTagThatSpeaksOfAnotherLengthIsNotBelieved() throws IOException {
    byte[] music = music("music-cbr.mp3");
    byte[][] parts = new byte[21][];
    Arrays.fill(parts, music("music-untagged.mp3"));
    parts[0] = music;
    assertThat(decode(parts).frames()).isGreaterThan(20 * FRAMES);
  }

  @Test
  void aDestroyedFrameIsSilentAndTheRestStaysInPlace() throws IOException {
    byte[] music = music("music-cbr.mp3");
    Arrays.fill(music, music.length / 2, music.length / 2 + 300, (byte) 0);
    Decoded heard = decode(music);
    assertThat(heard.frames()).isGreaterThan(FRAMES - 4 * PER_FRAME);
    float[] original = TestSignals.music(FRAMES, 2, 16, 44_100);
    assertThat(TestSignals.correlation(heard.part(0, 6000), original)).isGreaterThan(0.99);
  }
}
