package dev.tutti.interop;

import dev.tutti.api.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Two controllers on the TCP control port of one server: one asks, the other is told. After each
 * request both ask for the version, so that it is known when nothing more comes.
 */
final class ControlPair implements AutoCloseable {
  private static final String LAST = "the last one";
  private static final String SENTINEL =
      "{\"id\":\"" + LAST + "\",\"jsonrpc\":\"2.0\",\"method\":\"Server.GetRPCVersion\"}";

  private final Line asking;
  private final Line told;

  ControlPair(int port) throws IOException {
    asking = new Line(port);
    told = new Line(port);
    told.ask(SENTINEL);
  }

  /**
   * What one request brought about.
   *
   * @param answers to the asking controller
   * @param news to the other one
   */
  record Exchange(List<Json> answers, List<Json> news) {}

  Exchange exchange(String request) throws IOException {
    asking.write(request);
    return new Exchange(asking.ask(SENTINEL), told.ask(SENTINEL));
  }

  /** The result of a request that has one. */
  Json result(String method) throws IOException {
    String request = "{\"id\":1,\"jsonrpc\":\"2.0\",\"method\":\"" + method + "\"}";
    return exchange(request).answers().stream()
        .flatMap(message -> message.get("result").stream())
        .findFirst()
        .orElseThrow();
  }

  @Override
  public void close() throws IOException {
    asking.socket.close();
    told.socket.close();
  }

  private static final class Line {
    private final Socket socket;
    private final BufferedReader reader;

    Line(int port) throws IOException {
      socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setSoTimeout(10_000);
      reader =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    void write(String request) throws IOException {
      socket.getOutputStream().write((request + "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Everything that comes before the answer to the sentinel. */
    List<Json> ask(String sentinel) throws IOException {
      write(sentinel);
      List<Json> before = new ArrayList<>();
      while (true) {
        String line = reader.readLine();
        if (line == null) {
          throw new IOException("the server hung up");
        }
        Json message = Json.parse(line);
        if (message.text("id").filter(LAST::equals).isPresent()) {
          return before;
        }
        before.add(message);
      }
    }
  }
}
