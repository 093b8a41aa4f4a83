package dev.tutti.core.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.core.plugins.JarWatch.Look;
import dev.tutti.core.plugins.JarWatch.Stamp;
import dev.tutti.core.plugins.PluginSettings.Patience;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** With the usual patience: settled after 200 ms, broken after 3 s, looked at every 10 s. */
class JarWatchTest {
  private static final Path RAIN = Path.of("rain.jar");
  private static final Path SNOW = Path.of("snow.jar");

  private final Map<Path, Stamp> there = new HashMap<>();
  private final Set<Path> half = new HashSet<>();
  private final JarWatch watch = new JarWatch(Patience.USUAL, jar -> !half.contains(jar));

  private Look lookAt(long millis) {
    return watch.look(millis * 1000, there);
  }

  private void put(Path jar, long size) {
    there.put(jar, new Stamp(size, size));
  }

  @Test
  void whatIsThereAtTheBeginningIsReadAtOnce() {
    put(RAIN, 10);
    half.add(RAIN);
    assertThat(lookAt(0))
        .isEqualTo(new Look(java.util.List.of(RAIN), java.util.List.of(), 10_000_000));
  }

  @Test
  void aNewJarIsReadOnceItHasStoppedGrowing() {
    lookAt(0);
    put(RAIN, 10);
    assertThat(lookAt(1000).read()).isEmpty();
    put(RAIN, 20);
    assertThat(lookAt(1150).read()).isEmpty();
    assertThat(lookAt(1300).read()).isEmpty();
    assertThat(lookAt(1350).read()).containsExactly(RAIN);
    assertThat(lookAt(1400).read()).isEmpty();
  }

  @Test
  void whileSomethingMovesTheNextLookIsSoon() {
    assertThat(lookAt(0).nextMicros()).isEqualTo(10_000_000);
    put(RAIN, 10);
    assertThat(lookAt(1000).nextMicros()).isEqualTo(1_200_000);
    assertThat(lookAt(1200).nextMicros()).isEqualTo(11_200_000);
  }

  @Test
  void aSlowCopyIsWaitedFor() {
    lookAt(0);
    put(RAIN, 10);
    half.add(RAIN);
    lookAt(1000);
    assertThat(lookAt(3000).read()).isEmpty();
    half.clear();
    put(RAIN, 20);
    lookAt(3500);
    assertThat(lookAt(3700).read()).containsExactly(RAIN);
  }

  @Test
  void aFileThatNeverBecomesAJarIsReadInTheEndSoThatItIsSaid() {
    lookAt(0);
    put(RAIN, 10);
    half.add(RAIN);
    lookAt(1000);
    assertThat(lookAt(3999).read()).isEmpty();
    assertThat(lookAt(4000).read()).containsExactly(RAIN);
    assertThat(lookAt(9000).read()).isEmpty();
  }

  @Test
  void aChangedJarIsReadAgain() {
    put(RAIN, 10);
    put(SNOW, 10);
    lookAt(0);
    put(RAIN, 11);
    lookAt(1000);
    assertThat(lookAt(1200).read()).containsExactly(RAIN);
  }

  @Test
  void aJarChangedAndChangedBackIsNotRead() {
    put(RAIN, 10);
    lookAt(0);
    put(RAIN, 11);
    lookAt(1000);
    put(RAIN, 10);
    assertThat(lookAt(1100).read()).isEmpty();
    assertThat(lookAt(5000).read()).isEmpty();
  }

  @Test
  void aDeletedJarIsGoneAfterAMoment() {
    put(RAIN, 10);
    lookAt(0);
    there.clear();
    assertThat(lookAt(1000).gone()).isEmpty();
    assertThat(lookAt(1200).gone()).containsExactly(RAIN);
    assertThat(lookAt(1400).gone()).isEmpty();
  }

  @Test
  void deletedAndCopiedAnewAtOnceCountsAsReplaced() {
    put(RAIN, 10);
    lookAt(0);
    there.clear();
    lookAt(1000);
    put(RAIN, 12);
    assertThat(lookAt(1100).gone()).isEmpty();
    assertThat(lookAt(1300))
        .isEqualTo(new Look(java.util.List.of(RAIN), java.util.List.of(), 11_300_000));
  }
}
