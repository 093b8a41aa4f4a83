package dev.tutti.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.tutti.api.ConfigException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever stands in the file: a ConfigException or a configuration, soon, and nothing else. */
class ConfigGarbageTest {
  private static final String SEED_TEXT =
      """
      # a comment
      [server]
      name = "Attic \\u00e9"
      mdns = true
      [[stream]]
      source = 'pipe:///tmp/a?name=a' # behind
      options = { a = 1, b.c = [1, 2, { d = \"\"\"x
      y\"\"\" }] }
      [[stream]]
      source = 'pipe:///tmp/b?name=b'
      [stream.sub."quoted key"]
      n = [
        1, # one
        2,
      ]
      [plugins.rain]
      fade = "2s"
      when = 2026-11-20T10:00:00Z
      """;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void mutatedFilesNeverBreakTheReader(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 1000; i++) {
      String text = mutate(SEED_TEXT, random);
      assertThatCode(() -> read(text))
          .as("seed %d, round %d:%n%s", seed, i, text)
          .doesNotThrowAnyException();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.", "[", "{a=", "[a.", "a=[", "a={b=", "\"", "'''", "\\", "[["})
  void endlessNestingIsRefused(String piece) {
    assertThatCode(() -> read(piece.repeat(200_000 / piece.length()))).doesNotThrowAnyException();
    assertThatCode(() -> read("x = " + piece.repeat(200_000 / piece.length())))
        .doesNotThrowAnyException();
  }

  @Test
  void everyKeyHasItsLine() {
    var lines = TomlLines.of(SEED_TEXT);

    assertThat(lines)
        .containsEntry(List.of("server", "mdns"), 4)
        .containsEntry(List.of("stream", "#0", "source"), 6)
        .containsEntry(List.of("stream", "#0", "options", "b", "c", "#2", "d"), 7)
        .containsEntry(List.of("stream", "#1", "source"), 10)
        .containsEntry(List.of("stream", "#1", "sub", "quoted key", "n", "#1"), 14)
        .containsEntry(List.of("plugins", "rain", "when"), 18);
  }

  private static void read(String text) {
    try {
      Node.Table table = TomlReader.parse(text, "tutti.toml", Path.of(""));
      Binder.bind(TuttiConfig.class, table, "");
    } catch (ConfigException e) {
      assertThat(e.getMessage()).startsWith("tutti.toml");
    }
  }

  private static String mutate(String text, Random random) {
    StringBuilder s = new StringBuilder(text);
    int changes = 1 + random.nextInt(6);
    String spice = "[]{}=.,\"'#\\\n\r\t 0-9eE+_xnaT:\u0000\u00e9\ud800";
    for (int i = 0; i < changes && s.length() > 4; i++) {
      int at = random.nextInt(s.length() - 3);
      switch (random.nextInt(4)) {
        case 0 -> s.deleteCharAt(at);
        case 1 -> s.insert(at, spice.charAt(random.nextInt(spice.length())));
        case 2 -> s.setCharAt(at, spice.charAt(random.nextInt(spice.length())));
        default -> s.insert(at, s.substring(at, Math.min(s.length(), at + random.nextInt(40))));
      }
    }
    return s.toString();
  }
}
