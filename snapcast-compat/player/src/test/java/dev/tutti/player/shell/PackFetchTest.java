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
    fetch(server.place(), Certificates.ofSystem(), installed);
  }

  private void fetch(
      Optional<WebPlace> from,
      Certificates certificates,
      ConcurrentLinkedQueue<PackManifest> installed) {
    PackFetch fetch =
        new PackFetch(
            new PackFolder(data),
            "a player",
            () -> from,
            certificates,
            installed::add,
            Optional.empty(),
            house -> {});
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
  void fromAnEncryptedServerBehindAProxyItComesWithThePlayersPasswordAndCertificate()
      throws Exception {
    OwnCertificates own = new OwnCertificates(made.resolve("keys"), "dns:elsewhere");
    try (PackServer server = PackServer.encrypted(made, own)) {
      ServerAddress address =
          ServerAddress.parse("wss://ann:secret@127.0.0.1:" + server.port() + "/music/stream", 0);
      fetch(WebPlace.of(address, 1780), Certificates.of(own.pem()), new ConcurrentLinkedQueue<>());

      assertThat(server.shown).isEqualTo("Basic YW5uOnNlY3JldA==");
      assertThat(new PackFolder(data).installed()).contains(server.pack);
    }
  }

  @Test
  void aServerThatNobodyVouchesForIsNotAskedForThePack() throws Exception {
    OwnCertificates own = new OwnCertificates(made.resolve("keys"), "ip:127.0.0.1");
    try (PackServer server = PackServer.encrypted(made, own)) {
      WebPlace place =
          WebPlace.of(ServerAddress.parse("wss://127.0.0.1:" + server.port(), 0), 0).orElseThrow();

      assertThatThrownBy(() -> place.open("api", Certificates.ofSystem()).getResponseCode())
          .isInstanceOf(IOException.class)
          .hasMessageContaining("--server-cert");
      assertThat(server.shown).isEmpty();
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
  void aManifestThatWasLostIsKnownFromItsCopy() throws IOException {
    try (PackServer server = new PackServer(made)) {
      fetch(server, new ConcurrentLinkedQueue<>());

      Files.writeString(data.resolve("pack.json"), "{");

      assertThat(new PackFolder(data).installed()).contains(server.pack);
    }
  }

  @Test
  void soundThatIsDamagedCountsAsNoneThoughItsLengthIsRight() throws IOException {
    try (PackServer server = new PackServer(made)) {
      fetch(server, new ConcurrentLinkedQueue<>());
      Path file = new PackFolder(data).file(server.pack);
      byte[] sound = Files.readAllBytes(file);
      sound[sound.length / 2] ^= 1;

      Files.write(file, sound);

      assertThat(new PackFolder(data).installed()).isEmpty();
    }
  }

  @Test
  void aManifestThatIsGarbageCountsAsNone() throws IOException {
    Files.writeString(data.resolve("pack.json"), "{\"version\":1,\"id\":7}");

    assertThat(new PackFolder(data).installed()).isEmpty();
  }
}
