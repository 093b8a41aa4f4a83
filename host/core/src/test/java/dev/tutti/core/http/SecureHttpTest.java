package dev.tutti.core.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tutti.api.http.Http;
import dev.tutti.api.json.Json;
import dev.tutti.core.net.LocalNetworks;
import dev.tutti.core.net.PortUnavailable;
import dev.tutti.core.state.SystemDisk;
import dev.tutti.core.tls.OwnCertificate;
import dev.tutti.core.tls.ServerCertificate;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HTTPS and WSS, with clients that trust the server's own certificate and check its names. */
class SecureHttpTest {
  @TempDir Path folder;
  private HttpServer http;
  private KeyStore certificate;

  @BeforeEach
  void open() throws Exception {
    certificate = own("first");
    http = server();
    http.openSecure(0, certificate, ServerCertificate.password());
    http.forHost().get("/hello", call -> Json.of("hello", "you"));
    http.forHost().webSocket("/echo", Echo::new);
    http.start();
  }

  private static HttpServer server() {
    return HttpServer.open(
        HttpSettings.of(InetAddress.getLoopbackAddress(), 0, ""), LocalNetworks.ofSystem());
  }

  @AfterEach
  void close() {
    http.close();
  }

  private record Echo(Http.WebSocketPeer peer) implements Http.WebSocketListener {
    @Override
    public void text(String message) {
      peer.send(message);
    }
  }

  private KeyStore own(String name) throws Exception {
    return new OwnCertificate(
            folder.resolve(name), List.of("localhost", "127.0.0.1"), new SystemDisk(), Instant::now)
        .get();
  }

  static HttpClient trusting(KeyStore store) throws Exception {
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    trusted.setCertificateEntry("server", store.getCertificate(store.aliases().nextElement()));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return HttpClient.newBuilder().sslContext(context).build();
  }

  private URI secure(String scheme, String host, String path) {
    return URI.create(scheme + "://" + host + ":" + http.securePort().orElseThrow() + path);
  }

  private HttpResponse<String> get(HttpClient client, String host) throws Exception {
    return client.send(
        HttpRequest.newBuilder(secure("https", host, "/hello")).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void theSameRoutesAreThereUnderEveryNameOfTheCertificate() throws Exception {
    try (HttpClient client = trusting(certificate)) {
      assertThat(get(client, "localhost").body()).isEqualTo("{\"hello\":\"you\"}");
      assertThat(get(client, "127.0.0.1").body()).isEqualTo("{\"hello\":\"you\"}");
    }
  }

  @Test
  void webSocketsAreEncryptedToo() throws Exception {
    try (HttpClient client = trusting(certificate)) {
      CompletableFuture<String> heard = new CompletableFuture<>();
      WebSocket socket =
          client
              .newWebSocketBuilder()
              .buildAsync(
                  secure("wss", "localhost", "/echo"),
                  new WebSocket.Listener() {
                    @Override
                    public CompletionStage<?> onText(WebSocket s, CharSequence text, boolean last) {
                      heard.complete(text.toString());
                      return null;
                    }
                  })
              .get(30, TimeUnit.SECONDS);
      socket.sendText("is anybody there?", true);
      assertThat(heard.get(30, TimeUnit.SECONDS)).isEqualTo("is anybody there?");
      socket.abort();
    }
  }

  @Test
  void whoDoesNotTrustItIsNotServed() throws Exception {
    try (HttpClient client = trusting(own("another"))) {
      assertThatThrownBy(() -> get(client, "localhost")).isInstanceOf(SSLHandshakeException.class);
    }
  }

  @Test
  void aRenewedCertificateIsUsedFromThenOn() throws Exception {
    KeyStore next = own("next");
    http.renew(next);
    try (HttpClient client = trusting(next)) {
      assertThat(get(client, "localhost").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aPortInUseIsNamedWithItsOption() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        HttpServer other = server()) {
      assertThatThrownBy(() ->
              other.openSecure(taken.getLocalPort(), certificate, ServerCertificate.password()))
          .isInstanceOf(PortUnavailable.class)
          .hasMessageContaining("(https)")
          .hasMessageContaining("--https-port");
    }
  }
}
