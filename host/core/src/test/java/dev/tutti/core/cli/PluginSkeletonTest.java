package dev.tutti.core.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tutti.core.plugins.ManifestReader;
import dev.tutti.core.plugins.PluginManifest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** That what is written builds and plays is shown where the assembled program is tested. */
class PluginSkeletonTest {
  private final PluginSkeleton skeleton =
      new PluginSkeleton("tin-roof", Path.of("/srv/a & b"), "0.1.0");

  @Test
  void theManifestIsOneTheHostReads() {
    byte[] json =
        skeleton.files().get("src/main/resources/plugin.json").getBytes(StandardCharsets.UTF_8);

    PluginManifest manifest = ManifestReader.read(json);

    assertThat(manifest.id()).isEqualTo("tin-roof");
    assertThat(manifest.entry()).isEqualTo("com.example.TinRoofPlugin");
    assertThat(manifest.name()).isEqualTo("Tin Roof");
  }

  @Test
  void theClassAndItsTestAreNamedAfterThePlugin() {
    assertThat(skeleton.files())
        .containsKeys(
            "src/main/java/com/example/TinRoofPlugin.java",
            "src/test/java/com/example/TinRoofPluginTest.java");
  }

  @Test
  void noPlaceholderIsLeft() {
    for (Map.Entry<String, String> file : skeleton.files().entrySet()) {
      assertThat(file.getValue()).as(file.getKey()).doesNotContainPattern("@[a-z]+(-[a-z]+)?@");
    }
  }

  @Test
  void theBuildKnowsWhereTuttiLies() {
    assertThat(skeleton.files().get("pom.xml"))
        .contains(
            "<tutti.home>/srv/a &amp; b</tutti.home>", "<url>file://${tutti.home}/maven</url>");
    assertThat(skeleton.files().get(".mvn/maven.config")).contains("=/srv/a & b/maven\n");
  }

  @Test
  void theMavenWrapperCanBeRun(@TempDir Path folder) throws Exception {
    skeleton.write(folder.resolve("tin-roof"));

    assertThat(Files.isExecutable(folder.resolve("tin-roof/mvnw"))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "r", "Rain", "9rain", "rain-", "../rain", "rain drop", "räin"})
  void aNameThatNoManifestMayHaveIsRefused(String name) {
    assertThatThrownBy(() -> new PluginSkeleton(name, Path.of("/t"), "0.1.0"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cannot be a plugin's name");
  }
}
