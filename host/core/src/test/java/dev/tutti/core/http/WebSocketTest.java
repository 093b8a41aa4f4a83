package dev.tutti.core.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.api.http.Http;
import dev.tutti.core.net.LocalNetworks;
import dev.tutti.core.plugins.FakeScope;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebSocketTest {
  private final HttpServer server =
      HttpServer.open(
          HttpSettings.of(InetAddress.getLoopbackAddress(), 0, ""), LocalNetworks.ofSystem());
  private final FakeScope scope = new FakeScope("snapcast");
  private final Http http = server.forPlugin(scope);
  private final HttpClient client = HttpClient.newHttpClient();
  private final BlockingQueue<Http.WebSocketPeer> peers = new LinkedBlockingQueue<>();
  private final CountDownLatch closed = new CountDownLatch(1);

  @BeforeEach
  void start() {
    http.webSocket("/jsonrpc", this::open);
    server.start();
  }

  @AfterEach
  void stop() {
    client.shutdownNow();
    server.close();
  }

  /** Sends back what it gets. */
  private Http.WebSocketListener open(Http.WebSocketPeer peer) {
    peers.add(peer);
    return new Http.WebSocketListener() {
      @Override
      public void text(String message) {
        peer.send("you said " + message);
      }

      @Override
      public void binary(byte[] message) {
        peer.send(message);
      }

      @Override
      public void closed() {
        closed.countDown();
      }
    };
  }

  /** Collects messages; reads on only while it is told to. */
  private static final class Inbox implements WebSocket.Listener {
    final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
    final BlockingQueue<byte[]> binaries = new LinkedBlockingQueue<>();
    final CompletableFuture<Integer> end = new CompletableFuture<>();
    private final boolean reads;

    Inbox(boolean reads) {
      this.reads = reads;
    }

    @Override
    public void onOpen(WebSocket socket) {
      if (reads) {
        socket.request(Long.MAX_VALUE);
      }
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      texts.add(data.toString());
      return null;
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
      byte[] copy = new byte[data.remaining()];
      data.get(copy);
      binaries.add(copy);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      end.complete(code);
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      end.complete(-1);
    }
  }

  private WebSocket connect(Inbox inbox) {
    URI uri = URI.create(server.baseUrl().replaceFirst("http", "ws") + "/jsonrpc");
    return client.newWebSocketBuilder().buildAsync(uri, inbox).join();
  }

  @Test
  void carriesTextBothWays() throws Exception {
    Inbox inbox = new Inbox(true);
    connect(inbox).sendText("hällo", true).join();
    assertThat(inbox.texts.poll(5, TimeUnit.SECONDS)).isEqualTo("you said hällo");
  }

  @Test
  void carriesBinaryBothWays() throws Exception {
    Inbox inbox = new Inbox(true);
    connect(inbox).sendBinary(ByteBuffer.wrap(new byte[] {1, 2, 3}), true).join();
    assertThat(inbox.binaries.poll(5, TimeUnit.SECONDS)).containsExactly(1, 2, 3);
  }

  @Test
  void tellsTheListenerOnceThatThePeerIsGone() throws Exception {
    connect(new Inbox(true)).abort();
    assertThat(closed.await(5, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void hangsUpOnAPeerThatDoesNotRead() throws Exception {
    connect(new Inbox(false));
    Http.WebSocketPeer peer = peers.poll(5, TimeUnit.SECONDS);
    byte[] part = new byte[256 * 1024];
    // The kernel's buffers take some; after that the rest waits here and is bounded.
    for (int i = 0; i < 400 && closed.getCount() > 0; i++) {
      peer.send(part);
    }
    assertThat(closed.await(5, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void endsWithThePlugin() throws Exception {
    Inbox inbox = new Inbox(true);
    connect(inbox);
    peers.poll(5, TimeUnit.SECONDS);
    scope.close();
    assertThat(inbox.end.get(5, TimeUnit.SECONDS)).isEqualTo(1001);
  }

  @Test
  void letsGoOfThePluginThoughThePeerDoesNotAnswerTheGoodbye() throws Exception {
    try (RawHttp peer = new RawHttp(server.address())) {
      peer.send(
          "GET /jsonrpc HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
              + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
      assertThat(peers.poll(5, TimeUnit.SECONDS)).isNotNull();
      scope.close();
      assertThat(closed.await(1, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void closesWhatThePluginDoesNotTake() throws Exception {
    http.webSocket(
        "/full",
        peer -> {
          throw new IllegalStateException("full");
        });
    Inbox inbox = new Inbox(true);
    client
        .newWebSocketBuilder()
        .buildAsync(URI.create(server.baseUrl().replaceFirst("http", "ws") + "/full"), inbox)
        .join();
    assertThat(inbox.end.get(5, TimeUnit.SECONDS)).isEqualTo(1011);
    assertThat(scope.failures()).hasSize(1);
  }

  @Test
  void saysThatAPathIsAWebSocket() throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(server.baseUrl() + "/jsonrpc")).build();
    assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(426);
  }

  @Test
  void refusesTooLongAMessageAndGoesOnForOthers() throws Exception {
    Inbox rude = new Inbox(true);
    connect(rude).sendText("x".repeat(1024 * 1024 + 1), true);
    assertThat(rude.end.get(5, TimeUnit.SECONDS)).isEqualTo(1009);
    Inbox polite = new Inbox(true);
    connect(polite).sendText("a", true).join();
    assertThat(polite.texts.poll(5, TimeUnit.SECONDS)).isEqualTo("you said a");
  }

  @Test
  void refusesForeignPagesUnderWs() {
    http.webSocket("/ws/live", this::open);
    URI uri = URI.create(server.baseUrl().replaceFirst("http", "ws") + "/ws/live");
    CompletableFuture<WebSocket> attempt =
        client
            .newWebSocketBuilder()
            .header("Origin", "http://evil.example")
            .buildAsync(uri, new Inbox(true));
    assertThat(attempt).failsWithin(java.time.Duration.ofSeconds(5));
  }
}
