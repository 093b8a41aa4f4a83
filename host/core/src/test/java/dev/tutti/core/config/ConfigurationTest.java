package dev.tutti.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tutti.api.ConfigException;
import dev.tutti.api.Default;
import dev.tutti.api.Doc;
import dev.tutti.api.audio.SampleFormat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationTest {
  @TempDir Path folder;

  record Rain(
      @Doc("How loud it rains.") @Default("-20") double gainDb,
      @Doc("How long it takes to start.") @Default("2s") Duration fade,
      List<Path> folders,
      double unset,
      String note,
      String token,
      Map<String, Long> rooms) {}

  @Test
  void withoutAFileEverythingHasItsDefault() {
    TuttiConfig config = Configuration.from(Optional.empty()).build().host();

    assertThat(config.server().streamPort()).isEqualTo(1704);
    assertThat(config.server().controlPort()).isEqualTo(1705);
    assertThat(config.server().httpPort()).isEqualTo(1780);
    assertThat(config.server().mdns()).isTrue();
    assertThat(config.audio().bufferMs()).isEqualTo(1000);
    assertThat(config.audio().codec()).hasToString("flac");
    assertThat(config.audio().sampleFormat()).isEqualTo(SampleFormat.DEFAULT);
    assertThat(config.audio().chunkMs()).isEqualTo(20);
    assertThat(config.stream()).isEmpty();
    assertThat(config.plugins().disabled()).isEmpty();
    assertThat(config.log().level()).isEqualTo(TuttiConfig.Log.Level.INFO);
  }

  @Test
  void theCommandLineWinsOverTheFile() throws Exception {
    Path file = write("[audio]\nbuffer-ms = 700\nchunk-ms = 26\n[plugins.rain]\ngain-db = -3");

    Configuration config =
        Configuration.from(Optional.of(file))
            .option("--buffer", "audio.buffer-ms", "500")
            .set("plugins.rain.fade=150ms")
            .build();

    assertThat(config.host().audio().bufferMs()).isEqualTo(500);
    assertThat(config.host().audio().chunkMs()).isEqualTo(26);
    Rain rain = config.plugin("rain", Rain.class);
    assertThat(rain.gainDb()).isEqualTo(-3);
    assertThat(rain.fade()).isEqualTo(Duration.ofMillis(150));
    assertThat(config.pluginsSetByOption()).containsExactly("rain");
  }

  @Test
  void whatIsNotGivenIsNullZeroOrNotANumber() {
    Rain rain = Configuration.from(Optional.empty()).build().plugin("rain", Rain.class);

    assertThat(rain.gainDb()).isEqualTo(-20);
    assertThat(rain.unset()).isNaN();
    assertThat(rain.note()).isNull();
    assertThat(rain.folders()).isEmpty();
    assertThat(rain.rooms()).isEmpty();
  }

  @Test
  void pathsInTheFileStartAtTheFilesFolder() throws Exception {
    Path file = write("[plugins.rain]\nfolders = [\"music\", \"/srv/music\", \"~/Music\"]");

    assertThat(Configuration.from(Optional.of(file)).build().plugin("rain", Rain.class).folders())
        .containsExactly(
            folder.resolve("music"),
            Path.of("/srv/music"),
            Path.of(System.getProperty("user.home"), "Music"));
  }

  @Test
  void aListMayBeSetOnTheCommandLine() {
    Configuration config =
        Configuration.from(Optional.empty())
            .set("plugins.disabled=[\"web\", \"rain\"]")
            .set("plugins.rain.folders=/one folder")
            .build();

    assertThat(config.host().plugins().disabled()).containsExactly("web", "rain");
    assertThat(config.plugin("rain", Rain.class).folders()).containsExactly(Path.of("/one folder"));
  }

  @Test
  void sourcesReplaceTheStreamsOfTheFile() throws Exception {
    Path file = write("[[stream]]\nsource = \"pipe:///a?name=a\"");

    TuttiConfig config =
        Configuration.from(Optional.of(file))
            .sources("--source", List.of("pipe:///b?name=b", "pipe:///c c?name=c"))
            .build()
            .host();

    assertThat(config.stream())
        .extracting(s -> String.valueOf(s.source()))
        .containsExactly("pipe:///b?name=b", "pipe:///c c?name=c");
  }

  @Test
  void theExampleSwitchedOnIsTheDefault() throws Exception {
    String example = ConfigText.example(Map.of("rain", Rain.class));

    assertThat(example)
        .contains("# buffer-ms = 1000")
        .contains("[plugins.rain]\n# How loud it rains. (a number)\n# gain-db = -20\n")
        .contains("# fade = \"2s\"");
    String on =
        example
            .lines()
            .filter(l -> l.startsWith("[") || l.matches("# [a-z-]+ = .*"))
            .filter(l -> !l.startsWith("# unset ="))
            .map(l -> l.startsWith("# ") ? l.substring(2) : l)
            .reduce("", (a, b) -> a + b + "\n");
    Path file = write(on);
    assertThatCode(() -> Configuration.from(Optional.of(file)).build()).doesNotThrowAnyException();
  }

  @Test
  void whatIsInEffectSaysWhereItComesFromAndKeepsSecrets() throws Exception {
    Path file =
        write(
            """
            [audio]
            buffer-ms = 700
            [[stream]]
            source = "http://me:s3cret@radio.example/x?name=r&token=abc&codec=pcm"
            [plugins.rain]
            token = "hunter2"
            [plugins.other]
            api-key = "k"
            """);
    Configuration config = Configuration.from(Optional.of(file)).set("server.name=Attic").build();

    String text = ConfigText.effective(config, Map.of("rain", Rain.class));

    assertThat(text)
        .contains("buffer-ms = 700  # " + file + ", line 2")
        .contains("name = \"Attic\"  # --set server.name")
        .contains("http-port = 1780  # default")
        .contains("http://***@radio.example/x?name=r&token=***&codec=pcm")
        .contains("token = \"***\"")
        .contains("api-key = \"***\"")
        .contains("gain-db = -20  # default")
        .doesNotContain("s3cret", "hunter2", "abc");
    assertThatCode(() -> TomlReader.parse(text, "effective", folder)).doesNotThrowAnyException();
  }

  @Test
  void aSecretIsMaskedInAMessageToo() throws Exception {
    Path file = write("[[stream]]\nsource = \"//me:s3cret@radio.example\"\n");

    assertThatThrownBy(() -> Configuration.from(Optional.of(file)).build())
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("line 2")
        .hasMessageNotContaining("s3cret");
  }

  private Path write(String text) throws Exception {
    return Files.writeString(folder.resolve("tutti.toml"), text);
  }
}
