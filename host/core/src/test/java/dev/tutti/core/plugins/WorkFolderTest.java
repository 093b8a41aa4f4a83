package dev.tutti.core.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkFolderTest {
  @TempDir Path folder;

  private Path root() {
    return folder.resolve("work");
  }

  private Offer.OfJar offer(PluginJar jar) {
    Path dropped = jar.drop(folder);
    return (Offer.OfJar)
        new JarStore(folder.resolve("store")).take(dropped, 0).offer().orElseThrow();
  }

  private static List<String> names(Path in) throws IOException {
    try (Stream<Path> files = Files.walk(in)) {
      return files
          .filter(Files::isRegularFile)
          .map(f -> in.relativize(f).toString())
          .sorted()
          .toList();
    }
  }

  @Test
  void laysOutTheJarAndTheLibrariesInIt() throws IOException {
    PluginJar rain =
        PluginJar.of("rain")
            .start("")
            .library("one.jar", PluginJar.of("x"))
            .library("two.jar", PluginJar.of("x"))
            .file("lib/notes.txt", new byte[3])
            .file("lib/deep/three.jar", new byte[3])
            .file("lib/../../../evil.jar", new byte[3]);
    try (WorkFolder work = WorkFolder.open(root())) {
      WorkFolder.Layout layout = work.layOut(offer(rain), 7);
      assertThat(layout.classPath())
          .extracting(p -> layout.folder().relativize(p).toString())
          .containsExactly("rain.jar", "lib/one.jar", "lib/two.jar");
      assertThat(names(root())).noneMatch(n -> n.contains("evil") || n.contains("three"));
      assertThat(folder.resolve("evil.jar")).doesNotExist();
    }
  }

  @Test
  void tooManyLibrariesAreRefusedAndNothingIsLeft() throws IOException {
    PluginJar rain = PluginJar.of("rain").start("");
    for (int i = 0; i < 257; i++) {
      rain.file("lib/" + i + ".jar", new byte[0]);
    }
    try (WorkFolder work = WorkFolder.open(root())) {
      Offer.OfJar offer = offer(rain);
      assertThatThrownBy(() -> work.layOut(offer, 1))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("more than 256 jars");
      assertThat(names(root())).allMatch(n -> n.endsWith("lock"));
    }
  }

  @Test
  void theEndLeavesNothing() throws IOException {
    WorkFolder work = WorkFolder.open(root());
    work.layOut(offer(PluginJar.of("rain").start("")), 1);
    work.close();
    assertThat(root()).isEmptyDirectory();
  }

  @Test
  void twoProgramsDoNotDisturbEachOther() throws IOException {
    try (WorkFolder first = WorkFolder.open(root())) {
      WorkFolder.Layout layout = first.layOut(offer(PluginJar.of("rain").start("")), 1);
      try (WorkFolder second = WorkFolder.open(root())) {
        assertThat(second.jars()).isNotEqualTo(first.jars());
        assertThat(layout.classPath().getFirst()).exists();
      }
      assertThat(layout.classPath().getFirst()).exists();
    }
  }

  @Test
  void whatADeadProgramLeftIsRemovedAndWhatIsNotOursIsKept() throws IOException {
    Path dead = Files.createDirectories(root().resolve("run-1"));
    Files.createFile(dead.resolve("lock"));
    Path notOurs = Files.createDirectories(root().resolve("music"));
    try (WorkFolder work = WorkFolder.open(root())) {
      assertThat(dead).doesNotExist();
      assertThat(notOurs).exists();
      assertThat(work.jars()).doesNotExist();
    }
  }
}
