package dev.tutti.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.api.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A remote control on the TCP control port of any Snapcast server. For one thread. */
final class Controller implements AutoCloseable {
  private final Socket socket;
  private final BufferedReader lines;
  private final List<Json> news = new ArrayList<>();
  private int lastId;

  private Controller(Socket socket) throws IOException {
    this.socket = socket;
    this.lines =
        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
  }

  static Controller of(int controlPort) {
    try {
      Socket socket = new Socket(InetAddress.getLoopbackAddress(), controlPort);
      socket.setSoTimeout(10_000);
      return new Controller(socket);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Asks, and waits for the result; what else is told meanwhile is {@link #news}. */
  Json ask(String method, Json params) {
    int id = ++lastId;
    Json request = Json.of("id", id, "jsonrpc", "2.0", "method", method, "params", params);
    try {
      socket.getOutputStream().write((request + "\r\n").getBytes(StandardCharsets.UTF_8));
      while (true) {
        String line = lines.readLine();
        assertThat(line).as("answer to %s", request).isNotNull();
        Json message = Json.parse(line);
        if (message.number("id").isEmpty()) {
          news.add(message);
        } else if (message.number("id").orElseThrow().intValue() == id) {
          assertThat(message.get("error")).as("answer to %s: %s", request, message).isEmpty();
          return message.get("result").orElseThrow();
        }
      }
    } catch (IOException e) {
      throw new AssertionError("no answer to " + request, e);
    }
  }

  /** What was told unasked until the last answer, by method. */
  List<Json> news(String method) {
    return news.stream()
        .filter(each -> each.text("method").filter(method::equals).isPresent())
        .map(each -> each.get("params").orElseThrow())
        .toList();
  }

  private List<Json> groups() {
    Json server = ask("Server.GetStatus", Json.of()).get("server").orElseThrow();
    return server.get("groups").orElseThrow().items();
  }

  /** A client as the server shows it, if it does. */
  Optional<Json> client(String id) {
    return groups().stream()
        .flatMap(group -> group.get("clients").orElseThrow().items().stream())
        .filter(client -> client.text("id").filter(id::equals).isPresent())
        .findFirst();
  }

  /** Whether the server knows a client, and that it is there. */
  boolean isConnected(String id) {
    return client(id).flatMap(each -> each.bool("connected")).orElse(false);
  }

  /** The group a client is in. */
  String groupOf(String clientId) {
    return groups().stream()
        .filter(group ->
            group.get("clients").orElseThrow().items().stream()
                .anyMatch(client -> client.text("id").filter(clientId::equals).isPresent()))
        .findFirst()
        .orElseThrow()
        .text("id")
        .orElseThrow();
  }

  void volume(String clientId, int percent) {
    ask(
        "Client.SetVolume",
        Json.of("id", clientId, "volume", Json.of("muted", false, "percent", percent)));
  }

  void mute(String clientId, boolean muted) {
    ask("Client.SetVolume", Json.of("id", clientId, "volume", Json.of("muted", muted)));
  }

  void latency(String clientId, int ms) {
    ask("Client.SetLatency", Json.of("id", clientId, "latency", ms));
  }

  /** Lets a client's group listen to another stream. */
  void stream(String clientId, String stream) {
    ask("Group.SetStream", Json.of("id", groupOf(clientId), "stream_id", stream));
  }

  /** Puts clients into one group. */
  void together(List<String> clientIds) {
    ask(
        "Group.SetClients",
        Json.of("id", groupOf(clientIds.getFirst()), "clients", Json.array(clientIds)));
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
