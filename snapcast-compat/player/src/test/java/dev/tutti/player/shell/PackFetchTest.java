package dev.tutti.player.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tutti.audio.fallback.PackManifest;
import dev.tutti.player.fallback.PackFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pack travels to the player by itself (S0-3). */
class PackFetchTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path made;
  @TempDir Path data;

  private void fetch(PackServer server, ConcurrentLinkedQueue<PackManifest> installed) {
    PackFetch fetch =
        new PackFetch(
            new PackFolder(data), "a player", () -> Optional.of(server.address()), installed::add);
    Thread thread = Thread.ofPlatform().daemon(true).start(fetch);
    await().atMost(PATIENCE).until(() -> !installed.isEmpty());
    thread.interrupt();
  }

  @Test
  void s0_3_itIsThereWithTheSameHashWithoutAStepOfTheUser() throws IOException {
    try (PackServer server = new PackServer(made)) {
      fetch(server, new ConcurrentLinkedQueue<>());

      PackFolder folder = new PackFolder(data);
      assertThat(folder.installed()).contains(server.pack);
      assertThat(folder.file(server.pack)).hasSize(server.pack.bytes());
      folder.open(server.pack).close();
    }
  }

  @Test
  void whatBrokeOffGoesOnWhereItDid() throws IOException {
    try (PackServer server = new PackServer(made)) {
      server.breakOffAt = 5_000;
      fetch(server, new ConcurrentLinkedQueue<>());

      assertThat(server.ranges).containsExactly("", "bytes=5000-");
      assertThat(new PackFolder(data).installed()).contains(server.pack);
    }
  }

  @Test
  void whatIsNotWhatWasPromisedIsNotInstalled() throws IOException {
    try (PackServer server = new PackServer(made)) {
      PackFolder folder = new PackFolder(data);
      Files.write(folder.part(server.pack), new byte[(int) server.pack.bytes()]);

      assertThatThrownBy(() -> folder.install(server.pack))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("hash");
      assertThat(data).isEmptyDirectory();
    }
  }

  @Test
  void aManifestThatIsGarbageCountsAsNone() throws IOException {
    Files.writeString(data.resolve("pack.json"), "{\"version\":1,\"id\":7}");

    assertThat(new PackFolder(data).installed()).isEmpty();
  }
}
