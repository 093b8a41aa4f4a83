package dev.tutti.player.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Connections by ws:// and wss:// (issue 4 item 1). */
class WebSocketLineTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** What a server does with a connection. */
  private interface Manners {
    void serve(Socket socket) throws IOException;
  }

  @TempDir static Path folder;
  private static OwnCertificates ours;
  private static OwnCertificates foreign;

  private final MonotonicClock clock = new MonotonicClock();
  private final ByteArrayOutputStream received = new ByteArrayOutputStream();
  private WebSocketClient client = new WebSocketClient(Certificates.ofSystem());
  private ServerSocket listening;
  private boolean opened;

  @BeforeAll
  static void makeCertificates() throws IOException, GeneralSecurityException {
    ours = new OwnCertificates(folder.resolve("ours"), "dns:localhost,ip:127.0.0.1");
    foreign = new OwnCertificates(folder.resolve("foreign"), "dns:elsewhere.example");
  }

  @AfterEach
  void end() throws IOException {
    client.close();
    listening.close();
  }

  @Test
  void aMessageInAnyNumberOfPiecesArrivesWhole() throws IOException {
    byte[] message = new byte[300_000];
    new Random(1).nextBytes(message);
    Line line =
        line(
            "ws",
            plain(socket -> {
              WebFrames.shakeHands(socket.getInputStream(), socket.getOutputStream());
              socket.getOutputStream().write(WebFrames.frame(message));
              socket.getOutputStream().write(WebFrames.frame(new byte[] {1, 2, 3}));
            }));

    await()
        .atMost(PATIENCE)
        .until(() -> {
          line.serve(clock.getAsLong());
          return received.size() == message.length + 3;
        });
    assertThat(received.toByteArray()).startsWith(message).endsWith(1, 2, 3);
    line.close();
  }

  @Test
  void messagesLeaveInTheirOrderEachInAFrame() throws IOException {
    ByteArrayOutputStream got = new ByteArrayOutputStream();
    Line line =
        line(
            "ws",
            plain(socket -> {
              WebFrames.shakeHands(socket.getInputStream(), socket.getOutputStream());
              for (int i = 0; i < 100; i++) {
                byte[] frame = WebFrames.read(socket.getInputStream());
                assertThat(frame).hasSize(2);
                got.writeBytes(frame);
              }
              socket.getOutputStream().write(WebFrames.frame(new byte[] {9}));
            }));
    await().atMost(PATIENCE).until(() -> serveUntilOpen(line));
    for (int i = 0; i < 100; i++) {
      line.send(ByteBuffer.wrap(new byte[] {(byte) i, 7}));
    }

    await()
        .atMost(PATIENCE)
        .until(() -> {
          line.serve(clock.getAsLong());
          return received.size() == 1;
        });
    for (int i = 0; i < 100; i++) {
      assertThat(got.toByteArray()[2 * i]).isEqualTo((byte) i);
    }
    line.close();
  }

  @Test
  void whatWaitsForASlowPlayerIsLimited() throws IOException {
    WebSocketLine line =
        line(
            "ws",
            plain(socket -> {
              OutputStream out = socket.getOutputStream();
              WebFrames.shakeHands(socket.getInputStream(), out);
              byte[] frame = WebFrames.frame(new byte[100_000]);
              for (int i = 0; i < 1000; i++) {
                out.write(frame);
              }
            }));

    await().atMost(PATIENCE).until(() -> line.waiting() == WebSocketLine.AHEAD);
    await().during(Duration.ofMillis(100)).until(() -> line.waiting() == WebSocketLine.AHEAD);
    line.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          401 Unauthorized          | a user and a password
          404 Not Found             | no Snapcast behind /stream
          200 OK                    | status 200
          503 Service Unavailable   | status 503
          """)
  void aServerWithoutOurWebSocketIsExplained(String status, String sentence) throws IOException {
    Line line =
        line(
            "ws",
            plain(socket -> {
              WebFrames.head(socket.getInputStream());
              answer(socket, "HTTP/1.1 " + status + "\r\nContent-Length: 0\r\n\r\n");
            }));

    assertThat(reason(line)).contains(sentence);
  }

  @Test
  void nobodyAtThePortIsSaid() throws IOException {
    listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    listening.close();

    assertThat(reason(line("ws", listening))).containsIgnoringCase("connection refused");
  }

  @Test
  void aServerThatClosesSaysWhyInOneLine() throws IOException {
    Line line =
        line(
            "ws",
            plain(socket -> {
              WebFrames.shakeHands(socket.getInputStream(), socket.getOutputStream());
              socket.getOutputStream().write(WebFrames.close(1001, "going\nhome"));
            }));

    assertThat(reason(line)).isEqualTo("the server closed the connection: going home");
  }

  @Test
  void aServerThatSpeaksSomethingElseIsLeft() throws IOException {
    Line line = line("ws", plain(socket -> answer(socket, "220 mail.example ESMTP\r\n\r\n")));

    assertThat(reason(line)).isNotEmpty();
    assertThat(opened).isFalse();
  }

  @Test
  void aCertificateThatNobodyVouchesForIsRefusedAndSaysWhatToDo() throws Exception {
    Line line = line("wss", serve(ours.listen(), WebSocketLineTest::greet));

    assertThat(reason(line)).contains("CN=tests", "--server-cert FILE", "tls/certificate.pem");
    assertThat(opened).isFalse();
  }

  @Test
  void anotherCertificateThanTheGivenOneIsRefused() throws Exception {
    trust(foreign);

    assertThat(reason(line("wss", serve(ours.listen(), WebSocketLineTest::greet))))
        .contains("the file of --server-cert");
  }

  @Test
  void theGivenCertificateIsTrustedWhateverTheServerSNameIs() throws Exception {
    trust(foreign);
    Line line = line("wss", serve(foreign.listen(), WebSocketLineTest::greet));

    await().atMost(PATIENCE).until(() -> serveUntilOpen(line));
    line.close();
  }

  @Test
  void aServerWithoutEncryptionIsSaid() throws IOException {
    Line line =
        line(
            "wss",
            plain(socket -> {
              // As servers do: what came first made no sense to it.
              assertThat(socket.getInputStream().read()).isNotNegative();
              answer(socket, "HTTP/1.1 400 Bad Request\r\n\r\n");
            }));

    assertThat(reason(line)).contains("ws://HOST");
  }

  @Test
  void aFileWithoutCertificatesIsRefusedWithASentence(@TempDir Path own) throws IOException {
    listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    Path file = Files.writeString(own.resolve("x.pem"), "nothing");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Certificates.of(file))
        .withMessageContaining("no certificate in PEM form");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Certificates.of(own.resolve("none.pem")))
        .withMessageContaining("cannot read");
  }

  private static void greet(Socket socket) throws IOException {
    WebFrames.shakeHands(socket.getInputStream(), socket.getOutputStream());
  }

  private static void answer(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  private void trust(OwnCertificates certificates) {
    client = new WebSocketClient(Certificates.of(certificates.pem()));
  }

  private ServerSocket plain(Manners manners) throws IOException {
    return serve(new ServerSocket(0, 5, InetAddress.getLoopbackAddress()), manners);
  }

  private ServerSocket serve(ServerSocket socket, Manners manners) {
    listening = socket;
    Thread.ofVirtual()
        .start(() -> {
          try {
            Socket accepted = socket.accept();
            manners.serve(accepted);
            // Kept open until the player goes.
            accepted.getInputStream().transferTo(OutputStream.nullOutputStream());
          } catch (IOException gone) {
            // The test has ended.
          }
        });
    return socket;
  }

  private WebSocketLine line(String scheme, ServerSocket server) throws IOException {
    return WebSocketLine.begin(
        ServerAddress.parse(scheme + "://127.0.0.1:" + server.getLocalPort(), 0),
        client,
        clock,
        () -> {},
        new Line.Listener() {
          @Override
          public void opened() {
            opened = true;
          }

          @Override
          public void received(ByteBuffer bytes, long atMicros) {
            byte[] piece = new byte[bytes.remaining()];
            bytes.get(piece);
            received.writeBytes(piece);
          }
        });
  }

  private boolean serveUntilOpen(Line line) throws IOException {
    line.serve(clock.getAsLong());
    return opened;
  }

  /** Why the line ended. */
  private String reason(Line line) {
    return await()
        .atMost(PATIENCE)
        .until(
            () -> {
              try {
                line.serve(clock.getAsLong());
                return "";
              } catch (IOException e) {
                line.close();
                return String.valueOf(e.getMessage());
              }
            },
            said -> !said.isEmpty());
  }
}
