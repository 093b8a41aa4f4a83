package dev.tutti.interop;

import dev.tutti.api.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/** A remote control on the TCP control port, always connected, for the first stream. */
final class Remote implements AutoCloseable {
  private final Socket socket;
  private final BufferedReader answers;
  private final String stream;

  private Remote(Socket socket, String stream) throws IOException {
    this.socket = socket;
    this.stream = stream;
    this.answers =
        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
  }

  static Remote of(TuttiProcess tutti) {
    Json server = tutti.rpc("Server.GetStatus", Json.of()).get("server").orElseThrow();
    String first = server.get("streams").orElseThrow().items().getFirst().text("id").orElseThrow();
    try {
      Socket socket = new Socket(InetAddress.getLoopbackAddress(), tutti.controlPort());
      socket.setSoTimeout(10_000);
      return new Remote(socket, first);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /**
   * Sends commands in one go, and waits until all are accepted.
   *
   * @return when they were sent
   */
  long press(String... commands) {
    String requests =
        Arrays.stream(commands).map(each -> request(each, Json.of())).collect(Collectors.joining());
    return send(requests, commands.length);
  }

  /** Seeks within the track; returns when that was sent. */
  long seek(double seconds) {
    return send(request("setPosition", Json.of("position", seconds)), 1);
  }

  private String request(String command, Json params) {
    Json all = Json.of("id", stream, "command", command, "params", params);
    return Json.of("id", 1, "jsonrpc", "2.0", "method", "Stream.Control", "params", all) + "\r\n";
  }

  private long send(String requests, int count) {
    try {
      long now = System.nanoTime();
      socket.getOutputStream().write(requests.getBytes(StandardCharsets.UTF_8));
      for (int answered = 0; answered < count; ) {
        Json message = Json.parse(answers.readLine());
        if (message.get("error").isPresent()) {
          throw new AssertionError(requests + " was refused: " + message);
        }
        answered += message.get("id").isPresent() ? 1 : 0;
      }
      return now;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
