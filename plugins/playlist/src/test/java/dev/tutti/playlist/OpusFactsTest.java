package dev.tutti.playlist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.playlist.LibraryIndex.Entry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpusFactsTest {
  @TempDir Path music;

  @Test
  void givenAnOpusFileWhenItsTagsAreReadThenTitleArtistsAlbumAndLengthAreKnown()
      throws IOException {
    Entry entry =
        read(
            OpusFile.of(
                96_000, "title=Sarabande", "ARTIST=Ada", "Artist=Émile", "ALBUM=Suites", "X=y"));
    assertThat(entry.title()).isEqualTo("Sarabande");
    assertThat(entry.artists()).containsExactly("Ada", "Émile");
    assertThat(entry.album()).isEqualTo("Suites");
    assertThat(entry.durationMs()).isEqualTo(2000);
  }

  @Test
  void givenNoTagsWhenReadThenTheFileIsNamedAfterItselfAndItsLengthIsKnown() throws IOException {
    Entry entry = read(OpusFile.of(48_000));
    assertThat(entry.title()).isEqualTo("song");
    assertThat(entry.artists()).isEmpty();
    assertThat(entry.durationMs()).isEqualTo(1000);
  }

  @Test
  void givenAnR128GainWhenReadThenItCountsAsReplayGainDoes() throws IOException {
    Entry entry = read(OpusFile.of(4800, "R128_TRACK_GAIN=-1024", "R128_ALBUM_GAIN=256"));
    assertThat(entry.trackGainDb()).isEqualTo(1.0);
    assertThat(entry.albumGainDb()).isEqualTo(6.0);
  }

  @Test
  void givenSeveralPicturesWhenReadThenTheFrontCoverIsShown() throws IOException {
    byte[] back = picture(1, 500);
    byte[] front = picture(2, 400_000);
    Path file =
        write(
            OpusFile.of(
                4800,
                "METADATA_BLOCK_PICTURE=" + OpusFile.picture(4, back),
                "METADATA_BLOCK_PICTURE=" + OpusFile.picture(3, front),
                "TITLE=after the pictures"));
    Entry entry = new TagReader().read(item(file));
    assertThat(entry.artId()).endsWith(".png");
    assertThat(entry.title()).isEqualTo("after the pictures");
    assertThat(TagReader.embeddedArt(file)).hasValueSatisfying(b -> assertThat(b).isEqualTo(front));
  }

  @Test
  void givenACommentThatLiesAboutItsLengthWhenReadThenWhatStandsBeforeItIsKept() {
    byte[] tags = OpusFile.tags("TITLE=kept", "ARTIST=cut off");
    VorbisComments comments =
        VorbisComments.read(ByteBuffer.wrap(Arrays.copyOf(tags, tags.length - 3)).position(8));
    assertThat(comments.first("TITLE")).contains("kept");
    assertThat(comments.first("ARTIST")).isEmpty();
  }

  @Test
  void givenMillionsOfCommentsWhenReadThenOnlySoManyAreTaken() {
    String[] many = new String[50_000];
    Arrays.fill(many, "A=b");
    VorbisComments comments = VorbisComments.read(ByteBuffer.wrap(OpusFile.tags(many)).position(8));
    assertThat(comments.all("A")).hasSize(2000);
  }

  @Test
  void givenDamagedCommentsWhenReadThenNothingIsThrown() {
    SplittableRandom random = new SplittableRandom(6);
    byte[] good =
        OpusFile.tags(
            "TITLE=x", "METADATA_BLOCK_PICTURE=" + OpusFile.picture(3, picture(1, 30)), "A=b");
    for (int i = 0; i < 3000; i++) {
      byte[] bad = Arrays.copyOf(good, random.nextInt(8, good.length + 1));
      for (int k = random.nextInt(4); k > 0 && bad.length > 8; k--) {
        bad[random.nextInt(8, bad.length)] = (byte) random.nextInt();
      }
      VorbisComments comments = VorbisComments.read(ByteBuffer.wrap(bad).position(8));
      assertThat(comments.picture().map(p -> p.length).orElse(0)).isLessThanOrEqualTo(bad.length);
    }
  }

  @Test
  void givenADamagedFileWhenReadThenItIsNamedAfterItselfOrItsTagsAndNothingIsThrown()
      throws IOException {
    SplittableRandom random = new SplittableRandom(7);
    byte[] good = OpusFile.of(9600, "TITLE=x", "R128_TRACK_GAIN=12");
    for (int i = 0; i < 300; i++) {
      byte[] bad = Arrays.copyOf(good, random.nextInt(1, good.length + 1));
      for (int k = random.nextInt(1, 5); k > 0; k--) {
        bad[random.nextInt(bad.length)] = (byte) random.nextInt();
      }
      assertThat(read(bad).title()).isIn("x", "song");
    }
  }

  private static byte[] picture(long seed, int length) {
    byte[] bytes = new byte[length];
    new SplittableRandom(seed).nextBytes(bytes);
    bytes[0] = (byte) 0x89;
    return bytes;
  }

  private Entry read(byte[] file) throws IOException {
    return new TagReader().read(item(write(file)));
  }

  private Path write(byte[] file) throws IOException {
    return Files.write(music.resolve("song.opus"), file);
  }

  private static Item item(Path file) throws IOException {
    return new Item("0/" + file.getFileName(), file, Files.size(file), 1);
  }
}
