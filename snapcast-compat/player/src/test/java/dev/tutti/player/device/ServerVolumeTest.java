package dev.tutti.player.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tutti.api.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The volume goes to the server by its control API (S0-46). */
class ServerVolumeTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final ConcurrentLinkedQueue<Json> calls = new ConcurrentLinkedQueue<>();
  private ServerSocket server;
  private volatile Optional<ServerVolume.Place> place = Optional.empty();
  private volatile String answer =
      "{\"jsonrpc\":\"2.0\",\"method\":\"Client.OnConnect\",\"params\":{}}\r\n"
          + "{\"id\":1,\"jsonrpc\":\"2.0\",\"result\":{}}\r\n";
  private ServerVolume volume;

  @BeforeEach
  void begin() throws IOException {
    server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    Thread.ofPlatform().daemon(true).start(this::serve);
    volume = new ServerVolume(() -> place);
  }

  @AfterEach
  void end() throws IOException {
    volume.close();
    server.close();
  }

  private void serve() {
    while (!server.isClosed()) {
      try (Socket caller = server.accept();
          BufferedReader in =
              new BufferedReader(
                  new InputStreamReader(caller.getInputStream(), StandardCharsets.UTF_8))) {
        String line = in.readLine();
        caller.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
        calls.add(Json.parse(line));
      } catch (IOException closed) {
        // The test is over.
      }
    }
  }

  private ServerVolume.Place here() {
    return new ServerVolume.Place("127.0.0.1", server.getLocalPort(), "pi#2", true);
  }

  @Test
  void isSetByTheControlApiOnceAServerServes() {
    volume.tell(10);
    volume.tell(40);
    assertThat(calls).isEmpty();

    place = Optional.of(here());

    await().atMost(PATIENCE).until(() -> !calls.isEmpty());
    assertThat(calls.element())
        .hasToString(
            "{\"id\":1,\"jsonrpc\":\"2.0\",\"method\":\"Client.SetVolume\",\"params\":"
                + "{\"id\":\"pi#2\",\"volume\":{\"muted\":true,\"percent\":40}}}");
  }

  @Test
  void aServerThatRefusesOrTalksNonsenseIsLeftAndTheNextVolumeIsTold() {
    place = Optional.of(here());
    for (String nonsense :
        new String[] {"", "{{{\n", "{\"id\":1,\"error\":{\"code\":1,\"message\":\"no\"}}\n"}) {
      answer = nonsense;
      int before = calls.size();
      volume.tell(50);
      await().atMost(PATIENCE).until(() -> calls.size() > before);
    }
    volume.tell(60);

    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(calls.toString()).contains("\"percent\":60"));
  }
}
