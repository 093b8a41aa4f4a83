package dev.tutti.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.api.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What snapserver's users miss, with an unmodified snapclient: streams that come and go, swapped
 * ports, a door that asks, a group's own volume (issue 3 items 1, 5, 8; S0-18, K4).
 */
class HouseholdTest {
  private static final String KITCHEN = "02:00:00:00:00:01";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private Path dir;

  private String idle() {
    return "--source=pipe://" + dir.resolve("fifo") + "?name=default&mode=create";
  }

  private TuttiProcess start(String... args) {
    return TuttiProcess.start(dir.resolve("data"), args);
  }

  private static Json group(TuttiProcess tutti) {
    return server(tutti).get("groups").orElseThrow().items().getFirst();
  }

  private static Json server(TuttiProcess tutti) {
    return tutti.rpc("Server.GetStatus", Json.of()).get("server").orElseThrow();
  }

  private static List<String> streams(TuttiProcess tutti) {
    return server(tutti).get("streams").orElseThrow().items().stream()
        .map(s -> s.text("id").orElseThrow())
        .toList();
  }

  private static void awaitClients(TuttiProcess tutti, int count) {
    Awaitility.await("clients")
        .atMost(PATIENCE)
        .until(() -> server(tutti).get("groups").orElseThrow().items().size() == count);
  }

  @Test
  void aStreamAddedWhileRunningIsHeardStaysAfterARestartAndGoesWithoutLeavingAGroupBehind()
      throws IOException {
    int port = freePort();
    String guest = "tcp://127.0.0.1:" + port + "?name=guest&codec=pcm&sampleformat=48000:16:2";
    try (TuttiProcess tutti = start(idle());
        Snapclient client = Snapclient.join(dir, tutti.streamPort(), KITCHEN)) {
      awaitClients(tutti, 1);
      tutti.rpc("Stream.AddStream", Json.of("streamUri", guest));
      String group = group(tutti).text("id").orElseThrow();
      tutti.rpc("Group.SetStream", Json.of("id", group, "stream_id", "guest"));
      try (Feeder feeder = new Feeder(port)) {
        Awaitility.await("sound").atMost(PATIENCE).until(() -> peak(client, 0) > 10_000);
        assertThat(feeder.fault).isNull();
      }
    }
    try (TuttiProcess tutti = start(idle())) {
      assertThat(streams(tutti)).containsExactly("default", "guest");
      assertThat(group(tutti).text("stream_id")).contains("guest");

      tutti.rpc("Stream.RemoveStream", Json.of("id", "guest"));

      assertThat(streams(tutti)).containsExactly("default");
      assertThat(group(tutti).text("stream_id")).contains("default");
    }
  }

  @Test
  void whoeverSwapsThePortsIsServedAllTheSame() throws IOException {
    try (TuttiProcess tutti = start();
        Snapclient client = Snapclient.join(dir, tutti.controlPort(), KITCHEN);
        ControlPair controllers = new ControlPair(tutti.streamPort())) {
      Awaitility.await("the built-in piece").atMost(PATIENCE).until(() -> peak(client, 0) > 500);

      assertThat(controllers.result("Server.GetStatus").get("server").orElseThrow().toString())
          .contains(KITCHEN);
    }
  }

  @Test
  void withAUserConfiguredAStockClientThatCannotNameOneStaysOutside() throws Exception {
    Path config =
        Files.writeString(
            dir.resolve("tutti.toml"),
            "[[access.user]]\nname = \"anna\"\npassword = \"pw\"\nscope = \"control\"\n");
    try (TuttiProcess tutti = start("--config=" + config);
        Snapclient client = Snapclient.join(dir, tutti.streamPort(), KITCHEN);
        ControlPair stranger = new ControlPair(tutti.controlPort())) {
      Awaitility.await("the server says so")
          .atMost(PATIENCE)
          .until(() -> tutti.log().contains(KITCHEN + " at 127.0.0.1 may not listen"));
      assertThat(client.alive()).as("it goes on trying").isTrue();
      assertThat(peak(client, 0)).isZero();
      String status = "{\"id\":1,\"jsonrpc\":\"2.0\",\"method\":\"Server.GetStatus\"}";
      assertThat(stranger.exchange(status).answers())
          .containsExactly(
              Json.parse(
                  "{\"error\":{\"code\":401,\"message\":\"Unauthorized\"},\"id\":1,"
                      + "\"jsonrpc\":\"2.0\"}"));
      assertThat(tutti.post("/jsonrpc", status).statusCode()).isEqualTo(401);

      String anna = Base64.getEncoder().encodeToString("anna:pw".getBytes(UTF_8));
      assertThat(post(tutti, status, "Basic " + anna)).contains("\"groups\":[]");
      String authenticate =
          "{\"id\":1,\"jsonrpc\":\"2.0\",\"method\":\"Server.Authenticate\",\"params\":{\"scheme\":"
              + "\"Basic\",\"param\":\""
              + anna
              + "\"}}";
      stranger.exchange(authenticate);
      assertThat(stranger.result("Server.GetStatus").get("server")).isPresent();
    }
  }

  @Test
  void aGroupsVolumeIsHeardAndItsMembersVolumeStaysAsItIs() {
    try (TuttiProcess tutti = start();
        Snapclient client = Snapclient.join(dir, tutti.streamPort(), KITCHEN)) {
      Awaitility.await("the built-in piece").atMost(PATIENCE).until(() -> peak(client, 0) > 500);
      Json group = group(tutti);
      tutti.rpc(
          "Group.SetVolume",
          Json.of("id", group.text("id").orElseThrow(), "volume", Json.of("percent", 0)));

      Awaitility.await("silence")
          .atMost(PATIENCE)
          .until(() -> client.bytes() > 96_000 && peak(client, client.bytes() - 96_000) == 0);
      assertThat(timeless(group(tutti)))
          .as("as stock controllers see it")
          .isEqualTo(timeless(group));
    }
  }

  private static String timeless(Json group) {
    return group.toString().replaceAll("\"lastSeen\":\\{[^}]*}", "");
  }

  private static String post(TuttiProcess tutti, String body, String authorization)
      throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
              HttpRequest.newBuilder(
                      URI.create("http://127.0.0.1:" + tutti.httpPort() + "/jsonrpc"))
                  .header("Authorization", authorization)
                  .POST(HttpRequest.BodyPublishers.ofString(body))
                  .build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }

  /** The largest sample from a byte on. */
  private static int peak(Snapclient client, int from) {
    byte[] pcm = client.recorded();
    int peak = 0;
    for (int i = from & ~1; i + 1 < pcm.length; i += 2) {
      peak = Math.max(peak, Math.abs((pcm[i] & 0xff) | (pcm[i + 1] << 8)));
    }
    return peak;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Connects once somebody listens, and pushes a square wave as fast as it is taken. */
  private static final class Feeder implements AutoCloseable {
    private final Thread thread;
    private volatile boolean closed;
    private volatile Throwable fault;

    Feeder(int port) {
      thread = Thread.ofVirtual().name("test-feeder").start(() -> feed(port));
    }

    private void feed(int port) {
      byte[] wave = new byte[19_200];
      for (int i = 0; i < wave.length / 2; i++) {
        int sample = i / 200 % 2 == 0 ? 20_000 : -20_000;
        wave[2 * i] = (byte) sample;
        wave[2 * i + 1] = (byte) (sample >> 8);
      }
      try (Socket socket = connect(port);
          OutputStream out = socket.getOutputStream()) {
        while (!closed) {
          out.write(wave);
        }
      } catch (IOException e) {
        fault = closed ? null : e;
      }
    }

    private static Socket connect(int port) {
      Socket[] connected = new Socket[1];
      Awaitility.await("the added stream listens")
          .atMost(PATIENCE)
          .ignoreExceptions()
          .until(() -> {
            connected[0] = new Socket(InetAddress.getLoopbackAddress(), port);
            return true;
          });
      return connected[0];
    }

    @Override
    public void close() {
      closed = true;
      thread.interrupt();
    }
  }
}
