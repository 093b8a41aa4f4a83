package dev.tutti.player.shell;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Opens WebSockets; begun only once one is wanted, because most players want none. Its threads are
 * named {@code player-ws}. For the I/O thread.
 */
final class WebSocketClient implements AutoCloseable {
  private static final String PROGRAM = "Tutti";

  private final Certificates certificates;
  private @Nullable HttpClient client;
  private @Nullable ExecutorService threads;

  WebSocketClient(Certificates certificates) {
    this.certificates = certificates;
  }

  /**
   * Begins to connect.
   *
   * @throws IOException if what to trust cannot be found out
   */
  CompletableFuture<WebSocket> open(
      ServerAddress server, Duration within, WebSocket.Listener listener) throws IOException {
    WebSocket.Builder builder =
        client().newWebSocketBuilder().connectTimeout(within).header("User-Agent", PROGRAM);
    // The Hello carries them too; a proxy before the server sees only these.
    server
        .auth()
        .ifPresent(auth -> builder.header("Authorization", auth.scheme() + " " + auth.param()));
    return builder.buildAsync(server.uri(), listener);
  }

  private HttpClient client() throws IOException {
    HttpClient begun = client;
    if (begun == null) {
      ExecutorService pool =
          Executors.newCachedThreadPool(
              Thread.ofPlatform().name("player-ws").daemon(true).factory());
      threads = pool;
      begun =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .executor(pool)
              .sslContext(certificates.context())
              .build();
      client = begun;
    }
    return begun;
  }

  /** Ends all that is left; does not wait. */
  @Override
  public void close() {
    if (client != null) {
      client.shutdownNow();
    }
    if (threads != null) {
      threads.shutdownNow();
    }
  }
}
