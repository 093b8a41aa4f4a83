package dev.tutti.core.plugins;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tutti.core.plugins.PluginManifest.Permission;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestReaderTest {
  private static final String GOOD =
      """
      {"id": "rain", "name": "Rain", "version": "1.2.3-beta", "description": "Drops", "api": "[1.0,2.0)",
       "entry": "com.example.RainPlugin", "requires": ["clouds", "sky"], "exports": ["com.example.api"],
       "permissions": [{"name": "network", "reason": "to fetch the weather"}], "x-mine": {"any": 1}}\
      """;

  private static PluginManifest read(String text) {
    return ManifestReader.read(text.getBytes(UTF_8));
  }

  @Test
  void readsEverything() {
    assertThat(read(GOOD))
        .isEqualTo(
            new PluginManifest(
                "rain",
                "Rain",
                new Version(1, 2, 3, "beta"),
                new VersionRange(new Version(1, 0, 0, ""), new Version(2, 0, 0, "")),
                "com.example.RainPlugin",
                List.of("clouds", "sky"),
                List.of("com.example.api"),
                List.of(new Permission("network", "to fetch the weather"))));
  }

  @Test
  void whatIsOptionalMayBeLeftOut() {
    PluginManifest manifest =
        read("{\"id\":\"rain\",\"version\":\"1\",\"api\":\"[1.0,2.0)\",\"entry\":\"Rain\"}");
    assertThat(manifest.name()).isEqualTo("rain");
    assertThat(manifest.version()).hasToString("1.0.0");
    assertThat(manifest.requires()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"id\": \"rain\",| |lacks \"id\"; add for example \"id\": \"rain\"",
        "\"rain\"|\"Rain\"|has the id 'Rain'; an id is 2 to 40 lower-case letters",
        "\"rain\"|\"r\"|has the id 'r'",
        "\"rain\"|\"../../etc\"|has the id '../../etc'",
        "\"rain\"|7|must have text in quotes for \"id\"",
        "\"1.2.3-beta\"|\"latest\"|has a bad version: 'latest' is no version such as 1.0.0",
        "\"[1.0,2.0)\"|\"1.0\"|has a bad api range: '1.0' is no range such as [1.0,2.0)",
        "\"[1.0,2.0)\"|\"[1.0,2.0]\"|has a bad api range",
        "\"[1.0,2.0)\"|\"[2.0,1.0)\"|the range [2.0.0,1.0.0) is empty",
        "\"com.example.RainPlugin\"|\"com/example/Rain.class\"|which is no class name",
        "\"com.example.RainPlugin\"|\"\"|must have 1 to 500 characters for \"entry\"",
        "requires|requiers|unknown key 'requiers'; did you mean 'requires'?",
        "\"x-mine\"|\"qqqqqqqqqqqqqqqq\"|unknown key 'qqqqqqqqqqqqqqqq'; take it out",
        "\"sky\"|\"rain\"|requires itself; take 'rain' out of \"requires\"",
        "\"sky\"|\"Sky!\"|requires 'Sky!', which is no plugin's id",
        "\"sky\"|4|must have a list of texts for \"requires\"",
        "[\"clouds\", \"sky\"]|\"clouds\"|must have a list of at most 64 items for \"requires\"",
        "com.example.api|dev.tutti.api|exports 'dev.tutti.api', which is not its own",
        "com.example.api|com.example.*|exports 'com.example.*', which is no package name",
        "\"to fetch the weather\"|\"\"|has a bad permission",
        "\"network\"|\"Net work\"|has a bad permission",
        "\"Drops\"|\"Dr\\nops\"|has a control character in \"description\"",
        "{\"id\"|[{\"id\"|is not JSON",
      })
  void saysWhatIsWrong(String there, String instead, String message) {
    assertThat(GOOD).contains(there);
    String bad = GOOD.replace(there, instead == null ? "" : instead);
    assertThatThrownBy(() -> read(bad))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("its plugin.json ")
        .hasMessageContaining(message);
  }

  @Test
  void aListIsNoManifest() {
    assertThatThrownBy(() -> read("[]")).hasMessageContaining("must hold an object");
  }

  @Test
  void onlyUtf8IsText() {
    assertThatThrownBy(() -> ManifestReader.read(new byte[] {'{', (byte) 0xff, '}'}))
        .hasMessageContaining("is not UTF-8 text");
  }

  @Test
  void aHugeManifestIsNotEvenParsed() {
    assertThatThrownBy(() -> ManifestReader.read(new byte[ManifestReader.MAX_BYTES + 1]))
        .hasMessageContaining("longer than 65536 bytes");
  }

  @Test
  void aStrangersTextFitsInOneLineOfTheLog() {
    assertThatThrownBy(() -> read("{\"" + "a\\nb".repeat(1000) + "\": 1}"))
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(250).doesNotContain("\n"));
  }

  @Test
  void garbageIsRefusedAndNothingElse() {
    long seed = 4711;
    Random random = new Random(seed);
    byte[] good = GOOD.getBytes(UTF_8);
    for (int i = 0; i < 5000; i++) {
      byte[] bad = good.clone();
      for (int n = random.nextInt(1, 6); n > 0; n--) {
        bad[random.nextInt(bad.length)] = (byte) random.nextInt();
      }
      try {
        assertThat(ManifestReader.read(bad).id()).isNotEmpty();
      } catch (IllegalArgumentException refused) {
        assertThat(refused.getMessage())
            .as("seed %d, round %d", seed, i)
            .startsWith("its plugin.json ")
            .doesNotContain("\n");
      }
    }
  }
}
