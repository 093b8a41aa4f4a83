package dev.tutti.snapcast.control;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.api.access.Scope;
import dev.tutti.api.json.Json;
import dev.tutti.core.access.AccessPolicy;
import dev.tutti.core.config.TuttiConfig;
import dev.tutti.core.config.TuttiConfig.Access.Openness;
import dev.tutti.core.config.TuttiConfig.Access.User;
import dev.tutti.core.time.SystemClock;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** All three transports of the real host, with a user configured (issue 3 item 8). */
class ClosedDoorTest {
  private static final String STATUS =
      "{\"id\":1,\"jsonrpc\":\"2.0\",\"method\":\"Server.GetStatus\"}";
  private static final String MUTE =
      "{\"id\":2,\"jsonrpc\":\"2.0\",\"method\":\"Group.SetMute\",\"params\":{\"id\":\""
          + ControlHouse.GROUND
          + "\",\"mute\":true}}";
  private static final Json UNAUTHORIZED = Json.of("code", 401, "message", "Unauthorized");

  private final LivePlugin plugin =
      new LivePlugin(
          AccessPolicy.of(
              new TuttiConfig.Access(
                  Openness.AUTO,
                  Openness.AUTO,
                  Openness.AUTO,
                  List.of(),
                  List.of(new User("anna", "pw", Scope.CONTROL))),
              "",
              new SystemClock()));
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void stop() {
    client.shutdownNow();
    plugin.close();
  }

  private static String authenticate(String password) {
    String param = Base64.getEncoder().encodeToString(("anna:" + password).getBytes(UTF_8));
    return "{\"id\":3,\"jsonrpc\":\"2.0\",\"method\":\"Server.Authenticate\",\"params\":{"
        + "\"scheme\":\"Basic\",\"param\":\""
        + param
        + "\"}}";
  }

  private HttpResponse<String> post(String body, String... headers) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + plugin.http.address().getPort() + WebControl.PATH);
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).POST(BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  @Test
  void overTcpOneSaysWhoOneIsAndSeesAndIsToldFromThenOn() throws IOException {
    try (Wire anna = new Wire(plugin.control.address());
        Wire other = new Wire(plugin.control.address())) {
      assertThat(anna.ask(STATUS).get("error")).contains(UNAUTHORIZED);
      assertThat(anna.ask(authenticate("pw")).text("result")).contains("ok");
      assertThat(anna.ask(STATUS).get("result")).isPresent();
      other.ask(authenticate("pw"));
      other.ask(MUTE);

      assertThat(anna.line()).contains("Group.OnMute");
    }
  }

  @Test
  void overAWebSocketTheHandshakeIsLetThroughAndOneSaysWhoOneIsThen() throws Exception {
    BlockingQueue<String> inbox = new LinkedBlockingQueue<>();
    URI uri = URI.create("ws://127.0.0.1:" + plugin.http.address().getPort() + WebControl.PATH);
    WebSocket web = client.newWebSocketBuilder().buildAsync(uri, new Inbox(inbox)).join();

    web.sendText(STATUS, true).join();
    assertThat(Json.parse(next(inbox)).get("error")).contains(UNAUTHORIZED);
    web.sendText(authenticate("pw"), true).join();
    assertThat(Json.parse(next(inbox)).text("result")).contains("ok");
    web.sendText(STATUS, true).join();
    assertThat(Json.parse(next(inbox)).get("result")).isPresent();
  }

  private static String next(BlockingQueue<String> inbox) throws InterruptedException {
    String next = inbox.poll(20, TimeUnit.SECONDS);
    assertThat(next).as("a message within twenty seconds").isNotNull();
    return next;
  }

  @Test
  void byPostOneShowsItWithEachRequest() throws Exception {
    HttpResponse<String> refused = post(STATUS);
    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(refused.headers().firstValue("WWW-Authenticate").orElseThrow()).startsWith("Basic");

    String basic = "Basic " + Base64.getEncoder().encodeToString("anna:pw".getBytes(UTF_8));
    assertThat(post(STATUS, "Authorization", basic).statusCode()).isEqualTo(200);
  }

  @Test
  void whoGuessesIsSoonNotListenedToWhateverTheDoor() throws Exception {
    try (Wire guesser = new Wire(plugin.control.address())) {
      for (int i = 0; i < 5; i++) {
        assertThat(guesser.ask(authenticate("guess" + i)).get("error")).isPresent();
      }
      assertThat(guesser.ask(authenticate("pw")).toString()).contains("too many failures");
      String basic = "Basic " + Base64.getEncoder().encodeToString("anna:pw".getBytes(UTF_8));
      assertThat(post(STATUS, "Authorization", basic).statusCode()).isEqualTo(429);
    }
  }

  private record Inbox(BlockingQueue<String> texts) implements WebSocket.Listener {
    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      texts.add(data.toString());
      socket.request(1);
      return null;
    }
  }
}
