package dev.tutti.audio.codec.ogg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tutti.audio.codec.Decoded;
import dev.tutti.audio.codec.Decoders;
import dev.tutti.audio.codec.UnreadableAudio;
import dev.tutti.audio.codec.stream.ByteFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VorbisSetupTest {
  @TempDir Path folder;

  private static byte[] header(int type, byte[] rest) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(type);
    out.writeBytes("vorbis".getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(rest);
    return out.toByteArray();
  }

  /** 256 books, the first of 16 million entries with 65535 numbers each, in a few bytes. */
  private static byte[] giant() {
    byte[] books = new byte[64];
    books[0] = (byte) 0xFF;
    System.arraycopy("BCV".getBytes(StandardCharsets.US_ASCII), 0, books, 1, 3);
    Arrays.fill(books, 4, 10, (byte) 0xFF);
    return header(5, books);
  }

  @Test
  void theBooksOfARealFileAreSound() throws IOException {
    try (ByteFile in = ByteFile.open(Decoded.resource("music.ogg"))) {
      OggPackets packets = OggPackets.find(in, VorbisStream.MARKER).orElseThrow();
      packets.next();
      packets.next();
      assertThat(VorbisSetup.isSound(packets.next().orElseThrow().data())).isTrue();
    }
  }

  @Test
  void aBookOfGigabytesIsNot() {
    assertThat(VorbisSetup.isSound(giant())).isFalse();
  }

  @Test
  void aFileThatClaimsGigabytesIsRefusedBeforeTheyAreAllocated() throws IOException {
    ByteBuffer identification = ByteBuffer.allocate(23).order(ByteOrder.LITTLE_ENDIAN);
    identification.putInt(0).put((byte) 2).putInt(44_100).putInt(0).putInt(128_000).putInt(0);
    identification.put((byte) 0xB8).put((byte) 1);
    OggPageWriter pages = new OggPageWriter(1);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(pages.pages(header(1, identification.array()), 0));
    file.writeBytes(pages.pages(header(3, new byte[9]), 0));
    file.writeBytes(pages.pages(giant(), 0));
    Path giant = Files.write(folder.resolve("a.ogg"), file.toByteArray());
    assertThatThrownBy(() -> Decoders.open(giant).close())
        .isInstanceOfSatisfying(
            UnreadableAudio.class,
            unreadable ->
                assertThat(unreadable.reason())
                    .startsWith("is Ogg Vorbis, but its headers are damaged"));
  }
}
