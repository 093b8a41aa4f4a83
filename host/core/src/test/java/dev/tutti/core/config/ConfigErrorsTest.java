package dev.tutti.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tutti.api.ConfigException;
import dev.tutti.api.Default;
import dev.tutti.api.Doc;
import dev.tutti.api.Range;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Issue 2 item 4: a wrong key or value names file, line, key, what was expected, nearest key. */
class ConfigErrorsTest {
  @TempDir Path folder;

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [audio];bufer-ms = 5                  | line 2: audio.bufer-ms: there is no such key; did you mean "buffer-ms"? (known here: buffer-ms, codec, sample-format, chunk-ms, emergency)
          [audoi];buffer-ms = 5                 | line 1: audoi: there is no such key; did you mean "audio"? (known here: server,
          [audio];;buffer-ms = 'fast'           | line 3: audio.buffer-ms = "fast": expected a whole number from 100 to 60000
          [audio];buffer-ms = 5                 | line 2: audio.buffer-ms = 5: expected a whole number from 100 to 60000
          [audio];buffer-ms = 1.5               | line 2: audio.buffer-ms = 1.5: expected a whole number from 100 to 60000
          [audio];buffer-ms = 99999999999999999 | line 2: audio.buffer-ms = 99999999999999999: expected a whole number from 100 to 60000
          [audio];codec = 'flak'                | line 2: audio.codec = "flak": expected flac, pcm, opus, ogg or null; did you mean "flac"?
          [audio];codec = 3                     | line 2: audio.codec = 3: expected text in quotes
          [audio];sample-format = '48000'       | line 2: audio.sample-format = "48000": expected rate:bits:channels, for example 48000:16:2, not "48000"
          [server];mdns = 'yes'                 | line 2: server.mdns = "yes": expected true or false
          [server];http-port = 70000            | line 2: server.http-port = 70000: expected a whole number from 0 to 65535
          [server];data = 3                     | line 2: server.data = 3: expected a path in quotes
          [log];level = 'inf'                   | line 2: log.level = "inf": expected one of "error", "warn", "info", "debug", "trace"; did you mean "info"?
          stream = 'x'                          | line 1: stream = "x": expected tables, each written [[stream]]
          server = 4                            | line 1: server = 4: expected a table, written [server]
          [plugins];disabled = 'web'            | line 2: plugins.disabled = "web": expected a list in brackets, [..., ...], each item text in quotes
          [plugins];disable = ['web']           | line 2: plugins.disable: there is no such key; did you mean "disabled"? (known here: disabled)
          [[stream]];name = 'a'                 | line 1: stream[0]: a stream needs a source, for example source = "pipe:///tmp/snapfifo?name=default"
          [[stream]];source='a://';[[stream]];sorce='b://' | line 4: stream[1].sorce: there is no such key; did you mean "source"? (known here: source, name, codec, sample-format, fallback, emergency, playing)
          [[stream]];source='nonsense'          | line 2: stream[0].source = "nonsense": expected scheme://[host]/path?key=value, for example pipe:///tmp/snapfifo?name=default, not "nonsense"
          """)
  void aWrongKeyOrValueIsNamedWithItsPlace(String toml, String message) throws Exception {
    Path file = write(toml.replace(';', '\n'));

    assertThatThrownBy(() -> Configuration.from(Optional.of(file)).build())
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(file + ", " + message);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [audio                | line 1, column
          [audio];a = = 3       | line 2, column 5
          [audio];[audio]       | line 2, column
          a = 1;a = 2           | line 2, column
          a = "never closed     | line 1, column
          """)
  void brokenSyntaxIsNamedWithLineAndColumn(String toml, String place) throws Exception {
    Path file = write(toml.replace(';', '\n'));

    assertThatThrownBy(() -> Configuration.from(Optional.of(file)))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith(file + ", " + place);
  }

  @Test
  void allMistakesAreNamedAtOnce() throws Exception {
    Path file = write("[audio]\nbuffer-ms = 1\ncodec = 'x'\n[server]\nnmae = 'a'\n");

    assertThatThrownBy(() -> Configuration.from(Optional.of(file)).build())
        .hasMessageContaining("line 2: ")
        .hasMessageContaining("line 3: ")
        .hasMessageContaining("line 5: ");
  }

  record Rain(
      @Doc("Level") @Default("-20") @Range(min = -60, max = 0) double gainDb,
      @Default("2s") @Range(min = 100, max = 10_000) Duration fade,
      List<Path> folders,
      Map<String, Integer> rooms,
      Inner roof,
      String token) {
    Rain {
      if (gainDb == -13) {
        throw new IllegalArgumentException("-13 brings bad luck");
      }
    }

    record Inner(@Default("tin") Material material) {}

    enum Material {
      TIN,
      OLD_WOOD
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          gain = 1                         | line 2: plugins.rain.gain: there is no such key; did you mean "gain-db"?
          gain-db = 1                      | line 2: plugins.rain.gain-db = 1: expected a number from -60 to 0
          gain-db = nan                    | line 2: plugins.rain.gain-db = NaN: expected a number from -60 to 0
          gain-db = -13                    | line 1: plugins.rain: -13 brings bad luck
          fade = 1                         | line 2: plugins.rain.fade = 1: expected a time, such as "2s" or "150ms" from 100 to 10000 ms
          fade = 'soon'                    | line 2: plugins.rain.fade = "soon": expected a time
          fade = '11s'                     | line 2: plugins.rain.fade = "11s": expected a time
          folders = ['a', 3]               | line 2: plugins.rain.folders[1] = 3: expected a path in quotes
          folders = ['a',;;3]              | line 4: plugins.rain.folders[1] = 3: expected a path in quotes
          rooms = {a = 1, b = 'x'}         | line 2: plugins.rain.rooms.b = "x": expected a whole number
          roof.material = 'glass'          | line 2: plugins.rain.roof.material = "glass": expected one of "tin", "old-wood"
          [plugins.rain.roof];matrial = 1  | line 3: plugins.rain.roof.matrial: there is no such key; did you mean "material"?
          token = 12345                    | line 2: plugins.rain.token = "***": expected text in quotes
          """)
  void aPluginsMistakesAreNamedTheSameWay(String toml, String message) throws Exception {
    Path file = write("[plugins.rain]\n" + toml.replace(';', '\n'));
    Configuration config = Configuration.from(Optional.of(file)).build();

    assertThatThrownBy(() -> config.plugin("rain", Rain.class))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(file + ", " + message);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          audio.bufer-ms=500     | --set audio.bufer-ms: audio.bufer-ms: there is no such key; did you mean "buffer-ms"?
          audio.buffer-ms=fast   | --set audio.buffer-ms: audio.buffer-ms = fast: expected a whole number from 100 to 60000
          audio.buffer-ms        | --set audio.buffer-ms: expected key=value, for example --set audio.buffer-ms=500
          =3                     | --set =3: expected key=value
          a..b=3                 | --set a..b=3: expected key=value
          plugins.disabled=[web  | --set plugins.disabled, line 1, column
          """)
  void mistakesOnTheCommandLineNameTheOption(String set, String message) {
    assertThatThrownBy(() -> Configuration.from(Optional.empty()).set(set).build())
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void anOptionsMistakeNamesTheOption() {
    assertThatThrownBy(() ->
            Configuration.from(Optional.empty()).option("--buffer", "audio.buffer-ms", "5").build())
        .hasMessage("--buffer: audio.buffer-ms = 5: expected a whole number from 100 to 60000");
  }

  @Test
  void aFileThatCannotBeAConfigurationIsRefused() throws Exception {
    Path big = write("#".repeat(TomlReader.MAX_BYTES + 1));
    assertThatThrownBy(() -> Configuration.from(Optional.of(big)))
        .hasMessage(big + ": is larger than 1 MiB; this cannot be a configuration");

    Path latin = folder.resolve("latin.toml");
    Files.write(latin, "name = \"Küche\"".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> Configuration.from(Optional.of(latin)))
        .hasMessage(latin + ": is not UTF-8 text; save it with that encoding");

    assertThatThrownBy(() -> Configuration.from(Optional.of(folder)))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith(folder + ": cannot be read");
  }

  @Test
  void aNamedFileThatIsNotThereIsAMistake() {
    assertThatThrownBy(() -> ConfigFile.find(Optional.of(folder.resolve("absent.toml")), Map.of()))
        .hasMessageEndingWith("there is no such file; tutti config --example prints one");
    assertThat(ConfigFile.find(Optional.empty(), Map.of("XDG_CONFIG_HOME", folder.toString())))
        .isEmpty();
  }

  private Path write(String text) throws Exception {
    return Files.writeString(folder.resolve("tutti.toml"), text);
  }
}
