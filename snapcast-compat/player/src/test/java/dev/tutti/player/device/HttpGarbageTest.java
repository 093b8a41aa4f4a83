package dev.tutti.player.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is no HTTP, or too much of it, by raw sockets (C-6). */
class HttpGarbageTest {
  private static final int PATIENCE_MS = 30_000;

  private final FakeDevice device = new FakeDevice();

  @TempDir Path folder;
  private HttpDoor door;

  @BeforeEach
  void open() throws IOException {
    door =
        HttpDoor.open(
            new InetSocketAddress("127.0.0.1", 0),
            new Admission(Optional.empty()),
            new Routes(new Desk(device, folder), new Uploads(device, folder, 1 << 20)));
  }

  @AfterEach
  void close() {
    door.close();
  }

  static Stream<String> garbage() {
    String post = "POST /volume HTTP/1.1\r\nHost: 127.0.0.1\r\n";
    return Stream.of(
        "\0\1\2\3\r\n\r\n",
        "GET\r\n\r\n",
        "GET /status\r\n\r\n",
        "GET status HTTP/1.1\r\nHost: x\r\n\r\n",
        "OPTIONS * HTTP/1.1\r\n\r\n",
        "GET http:status HTTP/1.1\r\n\r\n",
        "GET /%zz HTTP/1.1\r\n\r\n",
        "GET /../../etc/passwd HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        "GET /" + "a".repeat(100_000) + " HTTP/1.1\r\n\r\n",
        "GET /status HTTP/1.1\r\nHost: 127.0.0.1\r\n" + "x: y\r\n".repeat(20_000) + "\r\n",
        "GET /status HTTP/1.1\r\n" + manyHeaders() + "\r\n",
        "GET /status HTTP/1.1\r\nX: " + "y".repeat(500_000) + "\r\n\r\n",
        post + "Content-Length: -1\r\n\r\n",
        post + "Content-Length: 99999999999999999999\r\n\r\n{}",
        post + "Content-Length: x\r\n\r\n{}",
        post + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
        post + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}",
        post + "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
        post + "Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n{}",
        post + "Transfer-Encoding: chunked\r\n\r\nfffffff0\r\n{}",
        post + "Content-Length: 400\r\n\r\n" + "[".repeat(400),
        "POST /upload HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data\r\n"
            + "Content-Length: 3\r\n\r\nabc",
        "POST /upload HTTP/1.1\r\nHost: x\r\nContent-Length: 999999999999\r\n\r\nabc",
        "{\"id\":1,\"jsonrpc\":\"2.0\",\"method\":\"Server.GetStatus\"}\r\n");
  }

  private static String manyHeaders() {
    StringBuilder headers = new StringBuilder();
    for (int i = 0; i < 500; i++) {
      headers.append("X-").append(i).append(": y\r\n");
    }
    return headers.toString();
  }

  @ParameterizedTest
  @MethodSource("garbage")
  void isRefusedOrLeftAndTheNextCallIsAnswered(String garbage) throws Exception {
    String answer = say(garbage.getBytes(StandardCharsets.ISO_8859_1));

    assertThat(answer).doesNotStartWith("HTTP/1.1 2").doesNotContain("\tat ");
    assertThatItAnswers();
  }

  @Test
  void randomBytesChangeNothing() throws Exception {
    for (int seed = 0; seed < 60; seed++) {
      Random random = new Random(seed);
      byte[] bytes = new byte[random.nextInt(3000)];
      random.nextBytes(bytes);

      assertThat(say(bytes)).as("seed %d", seed).doesNotStartWith("HTTP/1.1 2");
    }
    assertThatItAnswers();
  }

  /** Many connections that say nothing, or half of something, must not keep others out for good. */
  @Test
  void thoseWhoHangUpHalfwayLeaveNothingBehind() throws Exception {
    for (int i = 0; i < 100; i++) {
      try (Socket socket = new Socket("127.0.0.1", door.address().getPort())) {
        socket
            .getOutputStream()
            .write(
                "POST /upload HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n\r\nsound"
                    .getBytes(StandardCharsets.US_ASCII));
      }
    }
    await()
        .atMost(Duration.ofMillis(PATIENCE_MS))
        .ignoreExceptions()
        .untilAsserted(() -> {
          assertThatItAnswers();
          assertThat(Files.list(folder)).isEmpty();
        });
    assertThat(device.own).isEmpty();
  }

  private void assertThatItAnswers() throws IOException {
    assertThat(
            say(
                "GET /status HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII)))
        .startsWith("HTTP/1.1 200 OK");
  }

  /** What is said to some bytes and the end that follows them; a hang-up is said by nothing. */
  private String say(byte[] bytes) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", door.address().getPort())) {
      socket.setSoTimeout(PATIENCE_MS);
      OutputStream out = socket.getOutputStream();
      try {
        out.write(bytes);
        socket.shutdownOutput();
      } catch (IOException hungUp) {
        return "";
      }
      return read(socket.getInputStream());
    }
  }

  private static String read(InputStream in) throws IOException {
    try {
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (java.net.SocketException reset) {
      return "";
    }
  }
}
