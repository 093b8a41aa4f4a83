package dev.tutti.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The player without a host finds servers by mDNS, again and again (issue 4 items 1 and 10, S0-69).
 */
class PlayerFindsServersTest {
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  @TempDir Path dir;
  private PrivateNetwork network;

  @BeforeEach
  void open() {
    network = PrivateNetwork.open(dir);
  }

  @AfterEach
  void close() {
    network.close();
  }

  @Test
  void playsFromTuttiAndWhenThatIsGoneFromASnapserverElsewhere() throws IOException {
    Peers.require("snapserver");
    Path log;
    try (TuttiProcess tutti =
        TuttiProcess.startWith(
            dir.resolve("data"),
            network.prefix(),
            List.of("--stream-port=1704", "--control-port=1705", "--http-port=1780"),
            "--source=sine://?name=default")) {
      log = player();
      awaitSound(log, 1704);
    }

    snapserver(1714);

    awaitServed(log, 1714);
    assertThat(Files.readString(log)).doesNotContain("ERROR", "SEVERE", "\tat ");
  }

  @Tag("long")
  @Test
  void startsBeforeAnyServerAndFindsASnapserver() throws IOException {
    Peers.require("snapserver");
    Path log = player();
    awaitLine(log, "no Snapcast server answers in this network");

    snapserver(1704);

    awaitServed(log, 1704);
  }

  private Path player() {
    return network.launch(
        "player",
        "env",
        "JAVA_HOME=" + System.getProperty("java.home"),
        TuttiProcess.home().resolve("tutti").toString(),
        "player",
        "--hostID=finder",
        "--output=file:" + dir.resolve("heard.pcm"));
  }

  private void snapserver(int port) throws IOException {
    Path config =
        Files.writeString(
            dir.resolve("snapserver.conf"),
            """
            [server]
            datadir = %s
            [http]
            enabled = false
            [tcp]
            port = 1715
            [stream]
            port = %d
            source = pipe://%s?name=default
            """
                .formatted(dir, port, dir.resolve("fifo")));
    network.launch("snapserver", "snapserver", "-c", config.toString());
  }

  private void awaitSound(Path log, int port) {
    awaitServed(log, port);
    Awaitility.await("sound")
        .atMost(PATIENCE)
        .ignoreException(NoSuchFileException.class)
        .until(() -> {
          byte[] heard = Files.readAllBytes(dir.resolve("heard.pcm"));
          return heard.length > 0 && heard[heard.length - 1] != 0;
        });
  }

  /** At whichever address was heard first. */
  private static void awaitServed(Path log, int port) {
    awaitLine(log, "served by .*:" + port);
  }

  private static void awaitLine(Path log, String pattern) {
    Awaitility.await(pattern)
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(Files.readString(log)).containsPattern(pattern));
  }
}
