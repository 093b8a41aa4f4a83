package dev.tutti.snapcast.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tutti.api.audio.SourceUri;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which streams the network may add (issue 3 item 8). */
class StreamRulesTest {
  @TempDir private Path dir;
  private Path folder;
  private StreamRules rules;

  @BeforeEach
  void begin() throws IOException {
    dir = dir.toRealPath();
    folder = dir.resolve("streams");
    rules = new StreamRules(folder, Set.of("Radio.example", "10.0.0.7"));
    Files.writeString(dir.resolve("secret"), "x");
  }

  private SourceUri check(String uri) {
    return rules.check(SourceUri.parse(uri.replace("$", folder.toString())));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tcp://0.0.0.0:4953?name=a",
        "tcp://[::]:4953?name=a&mode=server",
        "tcp://radio.example:4953?name=a&mode=client",
        "tcp://RADIO.example?name=a&mode=client",
        "tcp://10.0.0.7:1?name=a&mode=client",
        "pipe://$/fifo?name=a",
        "pipe://$/fifo?name=a&mode=read",
        "file://$/a b.raw?name=a"
      })
  void whatIsHarmlessMayBeAdded(String uri) {
    assertThat(check(uri).option("name")).contains("a");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "process:///bin/sh?name=a",
        "librespot:///x?name=a",
        "airplay:///x?name=a",
        "alsa:///?name=a",
        "http://10.0.0.7/a?name=a",
        "tcp://10.0.0.8:1?name=a&mode=client",
        "tcp://radio.example.evil.example:1?name=a&mode=client",
        "tcp://radio.example@10.0.0.8:1?name=a&mode=client",
        "tcp://0.0.0.0?name=a&mode=other",
        "tcp://0.0.0.0?name=a&controlscript=x.py",
        "file:///etc/passwd?name=a",
        "file://$/../secret?name=a",
        "file://$/%2e%2e/secret?name=a",
        "file://$?name=a",
        "pipe://$/no/such/folder/fifo?name=a",
        "pipe://fifo?name=a",
        "pipe://$/fifo",
        "pipe://$/fifo?name=%20"
      })
  void everythingElseMayNot(String uri) {
    assertThatThrownBy(() -> check(uri)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void noLinkLeadsOutOfTheFolder() throws IOException {
    Files.createDirectories(folder);
    Files.createSymbolicLink(folder.resolve("link"), dir.resolve("secret"));
    Files.createSymbolicLink(folder.resolve("up"), dir);

    assertThatThrownBy(() -> check("file://$/link?name=a"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("below " + folder);
    assertThatThrownBy(() -> check("file://$/up/secret?name=a"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
