package dev.tutti.core.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JarStoreTest {
  @TempDir Path folder;

  private static PluginJar rain() {
    return PluginJar.of("rain").start("");
  }

  private JarStore store() {
    return new JarStore(folder.resolve("copies"));
  }

  private List<String> copies() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("copies"))) {
      return files.map(f -> f.getFileName().toString()).toList();
    }
  }

  @Test
  void keepsACopyNamedByItsHash() throws IOException {
    Path jar = rain().drop(folder);
    Offer.OfJar offer = (Offer.OfJar) store().take(jar, 0).offer().orElseThrow();
    assertThat(offer.sha256()).hasSize(64);
    assertThat(copies()).containsExactly(offer.sha256() + ".jar");
    assertThat(offer.copy()).hasSameBinaryContentAs(jar);
  }

  @Test
  void theSameContentIsTheSameOffer() {
    Path jar = rain().drop(folder);
    JarStore store = store();
    assertThat(store.take(jar, 0)).isEqualTo(store.take(jar, 0));
  }

  @Test
  void whatIsRefusedLeavesNoCopy() throws IOException {
    Path jar = Files.writeString(folder.resolve("rain.jar"), "no jar");
    assertThat(store().take(jar, 0).offer()).isEmpty();
    assertThat(copies()).isEmpty();
  }

  @Test
  void whatNobodyNeedsIsDeleted() throws IOException {
    JarStore store = store();
    String first = store.take(rain().drop(folder), 0).offer().orElseThrow().hash();
    String second = store.take(rain().version("2.0").drop(folder), 0).offer().orElseThrow().hash();
    assertThat(first).isNotEqualTo(second);
    store.retain(Set.of(second));
    assertThat(copies()).containsExactly(second + ".jar");
  }

  @Test
  void aJarThatVanishesIsRefused() {
    assertThat(store().take(folder.resolve("gone.jar"), 0).refusal()).contains("is gone");
  }

  @Test
  void aDamagedJarIsRefusedOrHarmless() throws IOException {
    byte[] good = rain().library("x.jar", rain()).bytes();
    long seed = 99;
    Random random = new Random(seed);
    JarStore store = store();
    WorkFolder work = WorkFolder.open(folder.resolve("work"));
    for (int i = 0; i < 400; i++) {
      byte[] bad = good.clone();
      // Mostly in the directory at the end, which says where everything is.
      int from = random.nextBoolean() ? bad.length - 400 : 0;
      for (int n = random.nextInt(1, 8); n > 0; n--) {
        bad[from + random.nextInt(bad.length - from)] = (byte) random.nextInt();
      }
      Path jar = Files.write(folder.resolve("rain.jar"), bad);
      JarEntry entry = store.take(jar, 0);
      layOut(work, entry, i);
      assertThat(entry.offer().isPresent() || entry.refusal().length() > 20)
          .as("seed %d, round %d: %s", seed, i, entry)
          .isTrue();
    }
    work.close();
  }

  private static void layOut(WorkFolder work, JarEntry entry, int life) throws IOException {
    if (entry.offer().orElse(null) instanceof Offer.OfJar offer) {
      try {
        WorkFolder.delete(work.layOut(offer, life).folder());
      } catch (IOException damagedLibrary) {
        assertThat(damagedLibrary).hasMessageNotContaining("\n");
      }
    }
  }
}
