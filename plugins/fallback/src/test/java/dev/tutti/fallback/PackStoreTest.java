package dev.tutti.fallback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.api.audio.SampleFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packs on the disk. */
class PackStoreTest {
  private static final System.Logger LOG = System.getLogger("test");
  private final PackMaker maker = new PackMaker(SampleFormat.DEFAULT, -14, 1 << 30);
  @TempDir Path folder;

  private PackStore open() throws IOException {
    PackStore store = new PackStore(folder.resolve("packs"), LOG);
    store.load();
    return store;
  }

  private Pack install(PackStore store, String name, double seconds) throws Exception {
    Path sound = Files.write(folder.resolve("a.wav"), TestSounds.wav(seconds, 0.2));
    Path flac = folder.resolve("made.flac");
    return store.install(
        name, flac, maker.make(List.of(Part.of("a", sound)), flac, Progress.NOBODY));
  }

  @Test
  void aPackIsNamedByItsContentAndSurvivesARestart() throws Exception {
    Pack pack = install(open(), "Rain", 1);

    assertThat(Sha256.of(pack.file())).isEqualTo(pack.id());
    assertThat(open().all()).containsExactly(pack);
    assertThat(folder.resolve("made.flac")).doesNotExist();
  }

  @Test
  void theSameContentIsKeptOnce() throws Exception {
    PackStore store = open();
    Pack first = install(store, "Rain", 1);
    Pack second = install(store, "The same", 1);

    assertThat(second).isSameAs(first);
    assertThat(store.count()).isEqualTo(1);
  }

  @Test
  void aDamagedPackIsMovedAsideAndNotGivenOut() throws Exception {
    Pack good = install(open(), "Good", 1);
    Pack bad = install(open(), "Bad", 2);
    byte[] content = Files.readAllBytes(bad.file());
    content[content.length / 2] ^= 1;
    Files.write(bad.file(), content);

    assertThat(open().all()).containsExactly(good);
    assertThat(folder.resolve("packs/" + bad.id() + ".flac.damaged")).exists();
    assertThat(open().all()).containsExactly(good);
  }

  @Test
  void aPackWhoseInstallationBrokeOffIsNotThere() throws Exception {
    Pack pack = install(open(), "Rain", 1);
    Files.delete(folder.resolve("packs/" + pack.id() + ".json"));

    PackStore store = open();
    assertThat(store.all()).isEmpty();
    assertThat(install(store, "Rain", 1).id()).isEqualTo(pack.id());
  }

  @Test
  void factsThatAreGarbageAreMovedAside() throws Exception {
    Pack pack = install(open(), "Rain", 1);
    Files.writeString(folder.resolve("packs/" + pack.id() + ".json"), "{\"manifest\":[");

    assertThat(open().all()).isEmpty();
  }

  @Test
  void whatIsRemovedIsGone() throws Exception {
    PackStore store = open();
    Pack pack = install(store, "Rain", 1);

    assertThat(store.remove(pack.id())).isTrue();
    assertThat(store.remove(pack.id())).isFalse();
    assertThat(pack.file()).doesNotExist();
    assertThat(open().all()).isEmpty();
  }
}
