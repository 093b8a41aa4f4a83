package dev.tutti.core.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.api.http.Http;
import dev.tutti.api.http.HttpReply;
import dev.tutti.core.net.LocalNetworks;
import dev.tutti.core.plugins.FakeScope;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

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
}
