package dev.tutti.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tutti.api.json.Json;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code tutti dist} packs for the machines that only play (issue 4 items 1 and 7). */
class PlayerPackageIT {
  private static final Path PACKAGE = Path.of(System.getProperty("tutti.player.package"));
  private static final long MOST_BYTES = 4_000_000;

  @TempDir Path folder;
  private Path unpacked;

  @BeforeEach
  void unpack() throws Exception {
    Process tar =
        new ProcessBuilder("tar", "xzf", PACKAGE.toString(), "-C", folder.toString())
            .inheritIO()
            .start();
    assertThat(tar.waitFor()).isZero();
    unpacked =
        folder.resolve(PACKAGE.getFileName().toString().replace(".tar.gz", "")).toAbsolutePath();
  }

  @Test
  void itIsSmallAndHasNothingOfTheHost() throws IOException {
    assertThat(PACKAGE).satisfies(file -> assertThat(Files.size(file)).isLessThan(MOST_BYTES));
    try (Stream<Path> jars = Files.list(unpacked.resolve("lib"))) {
      List<String> names = jars.map(jar -> jar.getFileName().toString()).toList();
      assertThat(names)
          .isNotEmpty()
          .noneMatch(name -> name.matches("(jetty|jackson-databind|tutti-core|tutti-plugin).*"));
    }
    assertThat(unpacked.resolve("tutti-player.service")).exists();
    assertThat(unpacked.resolve("LICENSE")).exists();
  }

  @Test
  void itRehearsesOncePlaysWhatARealServerSendsAndCanBeControlled() throws Exception {
    Path sound = folder.resolve("sound.pcm");
    try (Program tutti = Program.serve(folder)) {
      Json ports = tutti.awaitReady().get("ports").orElseThrow();
      String server = "tcp://127.0.0.1:" + ports.number("stream").orElseThrow().intValueExact();
      String control = "127.0.0.1:" + freePort();
      try (Program player =
          Program.run(
              unpacked.resolve("tutti-player"),
              folder,
              server,
              "--output",
              "file:" + sound,
              "--control",
              control)) {
        await("sound")
            .atMost(Duration.ofSeconds(90))
            .until(() -> Files.exists(sound) && isHeard(sound));
        try (InputStream status =
            URI.create("http://" + control + "/status").toURL().openStream()) {
          assertThat(new String(status.readAllBytes(), StandardCharsets.UTF_8))
              .startsWith("{\"mode\":\"snapcast\",\"snapcast_connected\":true");
        }

        assertThat(player.err())
            .contains("rehearsing, so that the next starts are fast")
            .doesNotContain("that failed");
        player.signal("TERM");
        player.awaitEnd();
      }
    }
    try (Stream<Path> files = Files.list(folder.resolve(".cache/tutti"))) {
      assertThat(files).anyMatch(file -> file.toString().endsWith(".aot"));
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket any = new ServerSocket(0)) {
      return any.getLocalPort();
    }
  }

  private static boolean isHeard(Path pcm) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(pcm))) {
      int sample = in.read();
      while (sample == 0) {
        sample = in.read();
      }
      return sample > 0;
    }
  }
}
