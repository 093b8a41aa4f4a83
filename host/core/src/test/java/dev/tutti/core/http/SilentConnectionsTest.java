package dev.tutti.core.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tutti.api.http.Http;
import dev.tutti.api.http.HttpReply;
import dev.tutti.core.net.LocalNetworks;
import dev.tutti.core.plugins.FakeScope;
import dev.tutti.core.state.SystemDisk;
import dev.tutti.core.tls.OwnCertificate;
import dev.tutti.core.tls.ServerCertificate;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SilentConnectionsTest {
  @Test
  void aThousandCallersWhoSayNothingKeepNobodyOut() throws Exception {
    HttpSettings small =
        new HttpSettings(InetAddress.getLoopbackAddress(), 0, "", Optional.empty(), Set.of(), 200);
    List<RawHttp> silent = new ArrayList<>();
    try (HttpServer server = HttpServer.open(small, LocalNetworks.ofSystem())) {
      Http http = server.forPlugin(new FakeScope("rain"));
      http.get("/a", call -> HttpReply.text(200, "served"));
      server.start();
      for (int i = 0; i < 1000; i++) {
        silent.add(new RawHttp(server.address()));
      }
      try (RawHttp honest = new RawHttp(server.address())) {
        assertThat(
                honest
                    .send("GET /a HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                    .all())
            .endsWith("served");
      }
      assertThat(silent.getFirst().closedByServer()).isTrue();
      assertThat(server.connections()).isLessThanOrEqualTo(200);
    } finally {
      for (RawHttp each : silent) {
        each.close();
      }
    }
  }

  /** They do not even begin to agree on a key. */
  @Test
  void norDoTheyAtTheEncryptedDoor(@TempDir Path folder) throws Exception {
    HttpSettings small =
        new HttpSettings(InetAddress.getLoopbackAddress(), 0, "", Optional.empty(), Set.of(), 200);
    KeyStore certificate =
        new OwnCertificate(folder, List.of("localhost"), new SystemDisk(), Instant::now).get();
    List<RawHttp> silent = new ArrayList<>();
    try (HttpServer server = HttpServer.open(small, LocalNetworks.ofSystem())) {
      server.openSecure(0, certificate, ServerCertificate.password());
      server.forHost().get("/a", call -> HttpReply.text(200, "served"));
      server.start();
      InetSocketAddress door =
          new InetSocketAddress(
              InetAddress.getLoopbackAddress(), server.securePort().orElseThrow());
      for (int i = 0; i < 1000; i++) {
        silent.add(new RawHttp(door));
      }
      try (HttpClient client = SecureHttpTest.trusting(certificate)) {
        HttpResponse<String> answer =
            client.send(
                HttpRequest.newBuilder(URI.create("https://localhost:" + door.getPort() + "/a"))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.body()).isEqualTo("served");
      }
      await().atMost(Duration.ofSeconds(60)).until(() -> server.connections() <= 200);
    } finally {
      for (RawHttp each : silent) {
        each.close();
      }
    }
  }
}
