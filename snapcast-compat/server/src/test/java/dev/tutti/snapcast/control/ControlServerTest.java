package dev.tutti.snapcast.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.api.audio.Track;
import dev.tutti.api.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** All three transports of the real host. */
class ControlServerTest {
  private static final String VERSION =
      "{\"id\":1,\"jsonrpc\":\"2.0\",\"method\":\"Server.GetRPCVersion\"}";
  private static final String MUTE =
      "{\"id\":2,\"jsonrpc\":\"2.0\",\"method\":\"Group.SetMute\",\"params\":{\"id\":\""
          + ControlHouse.GROUND
          + "\",\"mute\":true}}";

  private final LivePlugin plugin = new LivePlugin();
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void stop() {
    client.shutdownNow();
    plugin.close();
  }

  private URI uri(String scheme, String pathAndQuery) {
    return URI.create(scheme + "://127.0.0.1:" + plugin.http.address().getPort() + pathAndQuery);
  }

  private HttpResponse<String> post(String body) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(uri("http", "/jsonrpc")).POST(BodyPublishers.ofString(body)).build(),
        BodyHandlers.ofString());
  }

  @Test
  void postIsAnsweredOnceAndTheConnectionGoesOn() throws Exception {
    for (int i = 0; i < 3; i++) {
      HttpResponse<String> answer = post(VERSION);
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
          .startsWith("application/json");
      assertThat(Json.parse(answer.body()).get("result"))
          .contains(Json.of("major", 23, "minor", 0, "patch", 0));
    }
  }

  /** Real snapservers send a second, empty answer here. */
  @Test
  void postIsFollowedByNothingElse() throws Exception {
    try (Wire wire = new Wire(plugin.http.address())) {
      wire.send(
          "POST /jsonrpc HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Length: "
              + VERSION.length()
              + "\r\n\r\n"
              + VERSION);
      StringBuilder all = new StringBuilder();
      String line = wire.line();
      while (!line.isEmpty()) {
        all.append(line);
        line = wire.line();
      }
      assertThat(all.toString()).containsOnlyOnce("HTTP/1.1 200").containsOnlyOnce("\"result\"");
    }
  }

  @Test
  void aNotificationByPostIsAnsweredWithNothing() throws Exception {
    HttpResponse<String> answer = post("{\"jsonrpc\":\"2.0\",\"method\":\"Server.GetRPCVersion\"}");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void garbageByPostIsAJsonRpcErrorAndNoHttpError() throws Exception {
    HttpResponse<String> answer = post("{oops");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("-32700").contains("\"id\":null");
  }

  @Test
  void whatAPostChangesIsToldOnTcpAndWebSocket() throws Exception {
    Inbox inbox = new Inbox();
    try (Wire wire = new Wire(plugin.control.address())) {
      WebSocket web = open(inbox);
      wire.ask(VERSION);
      web.sendText(VERSION, true);
      assertThat(inbox.next()).contains("\"result\"");
      post(MUTE);

      String news =
          "{\"jsonrpc\":\"2.0\",\"method\":\"Group.OnMute\",\"params\":{\"id\":\""
              + ControlHouse.GROUND
              + "\",\"mute\":true}}";
      assertThat(wire.line()).isEqualTo(news + "\r\n");
      assertThat(inbox.next()).isEqualTo(news);
    }
  }

  @Test
  void whatAWebSocketChangesIsToldOnTcpOnly() throws Exception {
    Inbox inbox = new Inbox();
    try (Wire wire = new Wire(plugin.control.address())) {
      WebSocket web = open(inbox);
      wire.ask(VERSION);
      web.sendText(MUTE, true);

      assertThat(inbox.next())
          .isEqualTo("{\"id\":2,\"jsonrpc\":\"2.0\",\"result\":{\"mute\":true}}");
      assertThat(wire.line()).contains("Group.OnMute");
      web.sendBinary(ByteBuffer.wrap(VERSION.getBytes(StandardCharsets.UTF_8)), true);
      assertThat(inbox.next()).contains("\"major\"");
    }
  }

  @Test
  void picturesAreServedWhileTheyAreShown() throws Exception {
    URI address = uri("http", "/__image_cache?name=0cc175b9c0f1b6a831c399e269772661.jpg");
    HttpRequest request = HttpRequest.newBuilder(address).build();
    HttpResponse<byte[]> picture = client.send(request, BodyHandlers.ofByteArray());
    assertThat(picture.statusCode()).isEqualTo(200);
    assertThat(picture.headers().firstValue("Content-Type")).contains("image/jpeg");
    assertThat(picture.body()).containsExactly(1, 2, 3);

    plugin.house.streams.change(
        "default", s -> StreamStates.track(s, Track.titled("without picture")));
    assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(404);
  }

  @Test
  void whatCouldRunScriptsIsNoPicture() throws Exception {
    Track song =
        new Track(
            "",
            "song",
            List.of(),
            "",
            Optional.empty(),
            Optional.of(new FakeStreams.Picture("page.html", "text/html")));
    plugin.house.streams.change("default", s -> StreamStates.track(s, song));
    HttpRequest request =
        HttpRequest.newBuilder(uri("http", "/__image_cache?name=page.html")).build();
    assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(415);
  }

  /** A page may have come through a proxy, with another name and below a prefix. */
  @Test
  void aPageFromThisServerIsToldOfPicturesRelativelyAndAProgramIsNot() throws Exception {
    String status = "{\"id\":1,\"jsonrpc\":\"2.0\",\"method\":\"Server.GetStatus\"}";
    String origin = uri("http", "").toString();
    String whole = "\"artUrl\":\"http://";
    String relative = "\"artUrl\":\"__image_cache?name=0cc175b9c0f1b6a831c399e269772661.jpg\"";
    Inbox inbox = new Inbox();
    WebSocket page =
        client
            .newWebSocketBuilder()
            .header("Origin", origin)
            .buildAsync(uri("ws", "/jsonrpc"), inbox)
            .get(30, TimeUnit.SECONDS);
    page.sendText(status, true);

    assertThat(inbox.next()).contains(relative);
    assertThat(post(status).body()).contains(whole);
    page.abort();
  }

  @Test
  void picturesAreFoundByNameOnly() throws Exception {
    for (String query : new String[] {"", "?name=", "?name=../../etc/passwd", "?x=y"}) {
      HttpRequest request = HttpRequest.newBuilder(uri("http", "/__image_cache" + query)).build();
      assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(404);
    }
  }

  @Test
  void closingEndsEverySession() throws Exception {
    Inbox inbox = new Inbox();
    try (Wire wire = new Wire(plugin.control.address())) {
      open(inbox);
      wire.ask(VERSION);
      plugin.control.close();

      assertThat(wire.line()).isEmpty();
      assertThat(inbox.closed.get(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  private WebSocket open(Inbox inbox) {
    return client.newWebSocketBuilder().buildAsync(uri("ws", "/jsonrpc"), inbox).join();
  }

  private static final class Inbox implements WebSocket.Listener {
    private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
    private final StringBuilder text = new StringBuilder();
    private final CompletableFuture<Boolean> closed = new CompletableFuture<>();

    String next() throws InterruptedException {
      String next = texts.poll(10, TimeUnit.SECONDS);
      assertThat(next).as("a message within ten seconds").isNotNull();
      return next;
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        texts.add(text.toString());
        text.setLength(0);
      }
      socket.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
      closed.complete(true);
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      closed.complete(true);
    }
  }
}
