package dev.tutti.audio.codec.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndexFirstTest {
  @TempDir Path folder;

  private static byte[] box(String type, byte[]... content) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    Arrays.stream(content).forEach(body::writeBytes);
    return ByteBuffer.allocate(8 + body.size())
        .putInt(8 + body.size())
        .put(type.getBytes(StandardCharsets.ISO_8859_1))
        .put(body.toByteArray())
        .array();
  }

  /** ftyp, 100 bytes of sound from place 24 on, index with one table of places, a box behind. */
  private static byte[] file(String tableType, byte[] places) {
    byte[] sound = new byte[92];
    Arrays.fill(sound, (byte) 's');
    byte[] table = box(tableType, new byte[4], ByteBuffer.allocate(4).putInt(2).array(), places);
    byte[] index = box("moov", box("trak", box("mdia", box("minf", box("stbl", table)))));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(box("ftyp", new byte[8]));
    out.writeBytes(box("mdat", sound));
    out.writeBytes(index);
    out.writeBytes(box("free", new byte[5]));
    return out.toByteArray();
  }

  private Optional<IndexFirst> of(byte[] content) throws IOException {
    return IndexFirst.of(Files.write(folder.resolve("a.m4a"), content));
  }

  private static byte[] written(IndexFirst ordered) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ordered.writeTo(out);
    return out.toByteArray();
  }

  @Test
  void givenTheIndexBehindTheSoundWhenWrittenThenItStandsBeforeItAndItsPlacesFollowTheSound()
      throws IOException {
    byte[] places = ByteBuffer.allocate(8).putInt(24).putInt(60).array();
    byte[] original = file("stco", places);
    IndexFirst ordered = of(original).orElseThrow();
    ByteBuffer moved = ByteBuffer.wrap(written(ordered));
    int size = ordered.index().length;
    assertThat(moved.capacity()).isEqualTo(original.length);
    assertThat(new String(moved.array(), 20, 4, StandardCharsets.ISO_8859_1)).isEqualTo("moov");
    assertThat(moved.getInt(16 + size - 8)).isEqualTo(24 + size);
    assertThat(moved.getInt(16 + size - 4)).isEqualTo(60 + size);
    assertThat(moved.get(24 + size)).isEqualTo((byte) 's');
  }

  @Test
  void givenWidePlacesWhenWrittenThenTheyFollowTheSoundToo() throws IOException {
    byte[] places = ByteBuffer.allocate(16).putLong(24).putLong(5_000_000_000L).array();
    IndexFirst ordered = of(file("co64", places)).orElseThrow();
    ByteBuffer index = ByteBuffer.wrap(ordered.index());
    assertThat(index.getLong(index.capacity() - 16)).isEqualTo(24 + index.capacity());
    assertThat(index.getLong(index.capacity() - 8)).isEqualTo(5_000_000_000L);
  }

  @Test
  void givenTheIndexInFrontWhenLookedAtThenTheFileIsTakenAsItIs() throws IOException {
    assertThat(of(concat(box("ftyp", new byte[8]), box("moov"), box("mdat", new byte[9]))))
        .isEmpty();
  }

  @Test
  void givenATableThatClaimsMoreThanThereIsWhenLookedAtThenTheFileIsTakenAsItIs()
      throws IOException {
    byte[] lying = file("stco", new byte[4]);
    assertThat(of(lying)).isEmpty();
  }

  @Test
  void givenDamageWhenLookedAtThenNothingIsThrownAndNothingGrows() throws IOException {
    byte[] good = file("stco", ByteBuffer.allocate(8).putInt(24).putInt(60).array());
    SplittableRandom random = new SplittableRandom(9);
    for (int i = 0; i < 1000; i++) {
      byte[] bad = Arrays.copyOf(good, random.nextInt(1, good.length + 1));
      for (int k = random.nextInt(1, 5); k > 0; k--) {
        bad[random.nextInt(bad.length)] = (byte) random.nextInt();
      }
      Optional<IndexFirst> ordered = of(bad);
      if (ordered.isPresent()) {
        assertThat(written(ordered.get())).hasSize(bad.length);
      }
    }
  }

  private static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Arrays.stream(parts).forEach(out::writeBytes);
    return out.toByteArray();
  }
}
