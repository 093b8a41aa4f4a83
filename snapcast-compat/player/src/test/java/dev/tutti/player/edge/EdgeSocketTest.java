package dev.tutti.player.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.audio.codec.CodecSpec;
import dev.tutti.player.shell.Certificates;
import dev.tutti.player.shell.FallbackSetup;
import dev.tutti.player.shell.FixedServers;
import dev.tutti.player.shell.ServerAddress;
import dev.tutti.snapcast.protocol.ServerSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A real edge and its sockets; the server of the house only waits for connections. */
class EdgeSocketTest {
  private static final InetAddress HERE = InetAddress.getLoopbackAddress();
  private static final int PATIENCE_MS = 20_000;

  private ServerSocket house;
  private Edge edge;

  @BeforeEach
  void start() throws IOException {
    house = new ServerSocket(0, 10, HERE);
    house.setSoTimeout(PATIENCE_MS);
    ServerAddress address = new ServerAddress(HERE.getHostAddress(), house.getLocalPort());
    edge =
        new Edge(
            new EdgeSetup(
                () -> new FixedServers(List.of(address)),
                Certificates.ofSystem(),
                new InetSocketAddress(HERE, 0),
                300,
                CodecSpec.parse("pcm"),
                60_000,
                FallbackSetup.NONE));
    edge.start();
  }

  @AfterEach
  void end() throws IOException {
    edge.close();
    house.close();
  }

  private Socket client(String id) throws IOException {
    Socket socket = new Socket(HERE, edge.address().getPort());
    socket.setSoTimeout(PATIENCE_MS);
    ByteBuffer hello = EdgeRoom.hello(id).frame(1, 0, 0, 0);
    Channels.newChannel(socket.getOutputStream()).write(hello);
    return socket;
  }

  @Test
  void aClientIsServedAtOnceAndTheHouseIsToldOfItByItsOwnId() throws IOException {
    try (Socket client = client("02:00:00:00:00:0e");
        Socket upstream = house.accept()) {
      byte[] told = client.getInputStream().readNBytes(30);
      assertThat(told[0]).isEqualTo((byte) ServerSettings.TYPE);
      upstream.setSoTimeout(PATIENCE_MS);
      byte[] hello = upstream.getInputStream().readNBytes(250);
      assertThat(new String(hello, java.nio.charset.StandardCharsets.ISO_8859_1))
          .contains("\"ID\":\"02:00:00:00:00:0e\"", "\"HostName\":\"kitchen\"", "\"Tutti\"");
    }
  }

  @Test
  void aSecondClientIsTurnedAway() throws IOException {
    try (Socket first = client("one")) {
      assertThat(first.getInputStream().read()).isEqualTo(ServerSettings.TYPE);
      try (Socket second = client("two")) {
        assertThat(second.getInputStream().read()).as("the end").isNegative();
      }
    }
  }

  @Test
  void anEdgeThatEndsLeavesItsPort() throws IOException {
    int port = edge.address().getPort();
    edge.close();
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .ignoreExceptions()
        .until(() -> {
          new ServerSocket(port, 1, HERE).close();
          return true;
        });
  }
}
