package dev.tutti.feeds.tcp;

import static dev.tutti.feeds.Capture.floats16;
import static dev.tutti.feeds.Capture.noise;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tutti.api.audio.SampleFormat;
import dev.tutti.api.audio.SourceRequest;
import dev.tutti.api.audio.SourceUri;
import dev.tutti.feeds.Capture;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Real sockets on loopback. */
@Timeout(60)
class TcpFeedsTest {
  private static final SampleFormat CD = SampleFormat.DEFAULT;
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  private static Capture play(String uri) {
    SourceRequest request = new SourceRequest(SourceUri.parse(uri), CD, "radio");
    return new Capture(TcpFeeds.source(request, System.getLogger("tcp")), CD);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, LOOPBACK)) {
      return socket.getLocalPort();
    }
  }

  private static Socket connect(int port) {
    return await().ignoreExceptions().until(() -> new Socket(LOOPBACK, port), s -> true);
  }

  private static void awaitFrames(Capture capture, int frames) {
    await().until(() -> capture.writer.frames() >= frames);
  }

  @Test
  void whatAFeederSendsArrivesBitByBit() throws Exception {
    int port = freePort();
    byte[] pcm = noise(1, 4 * 48_000);
    try (Capture capture = play("tcp://127.0.0.1:" + port + "?name=radio");
        Socket feeder = connect(port)) {
      feeder.getOutputStream().write(pcm);
      awaitFrames(capture, 48_000);
      assertThat(capture.writer.samples()).isEqualTo(floats16(pcm));
      assertThat(capture.writer.exactBits()).isEqualTo(16);
    }
  }

  @Test
  void theLastFeederWinsAndTheOneBeforeIsLetGo() throws Exception {
    int port = freePort();
    byte[] second = noise(2, 400);
    try (Capture capture = play("tcp://127.0.0.1?port=" + port);
        Socket one = connect(port)) {
      one.getOutputStream().write(noise(1, 402)); // breaks off in the middle of a frame
      awaitFrames(capture, 100);
      try (Socket other = connect(port)) {
        other.getOutputStream().write(second);
        awaitFrames(capture, 200);
        one.setSoTimeout(10_000);
        assertThat(one.getInputStream().read()).as("the first is closed").isEqualTo(-1);
      }
      float[] all = capture.writer.samples();
      assertThat(Arrays.copyOfRange(all, 200, 400)).isEqualTo(floats16(second));
    }
  }

  @Test
  void afterAFeederHasGoneTheStreamRestsAndTheNextOneIsHeard() throws Exception {
    int port = freePort();
    try (Capture capture = play("tcp://127.0.0.1:" + port)) {
      for (int i = 1; i <= 3; i++) {
        int turn = i;
        try (Socket feeder = connect(port)) {
          feeder.getOutputStream().write(noise(i, 400));
        }
        await().until(() -> capture.writer.rests() == turn);
        assertThat(capture.writer.frames()).isEqualTo(100 * i);
      }
    }
  }

  @Test
  void aPortThatIsTakenIsNamed() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, LOOPBACK);
        Capture capture = play("tcp://127.0.0.1:" + taken.getLocalPort())) {
      await().until(() -> capture.ended() != null);
      assertThat(capture.ended())
          .hasMessageContaining("127.0.0.1:" + taken.getLocalPort() + " cannot be listened on");
    }
  }

  @Test
  void aClientConnectsWaitsForAFeederThatIsNotThereYetAndComesBack() throws Exception {
    int port = freePort();
    byte[] pcm = noise(3, 400);
    try (Capture capture = play("tcp://localhost:" + port + "?mode=client")) {
      for (int i = 1; i <= 2; i++) {
        int turn = i;
        try (ServerSocket feeder = new ServerSocket(port, 1, LOOPBACK)) {
          feeder.setSoTimeout(20_000);
          try (Socket connection = feeder.accept()) {
            connection.getOutputStream().write(pcm);
          }
          await().until(() -> capture.writer.rests() == turn);
        }
        assertThat(capture.writer.frames()).isEqualTo(100 * i);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"server", "client"})
  void endsWhenInterruptedWhileItWaits(String mode) throws Exception {
    Capture capture = play("tcp://127.0.0.1:" + freePort() + "?mode=" + mode);
    assertThat(capture.endsWhenInterrupted()).isTrue();
    assertThat(capture.ended()).isInstanceOf(InterruptedException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "tcp://0.0.0.0:4953, 0.0.0.0:4953",
    "tcp://127.0.0.1?port=77, 127.0.0.1:77",
    "tcp://[::1]:99?mode=client, [::1]:99",
    "tcp:///?name=x, *:4953"
  })
  void addressesAreUnderstood(String uri, String meant) {
    assertThat(TcpOptions.of(SourceUri.parse(uri))).hasToString(meant);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tcp://h:0",
        "tcp://h:99999",
        "tcp://h?port=x",
        "tcp://h?mode=both",
        "tcp://?mode=client",
        "tcp://a:b:c:1"
      })
  void anAddressThatCannotBeIsRefusedWithASentence(String uri) {
    assertThatThrownBy(() -> TcpOptions.of(SourceUri.parse(uri)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching(".{15,}");
  }
}
