package dev.tutti.snapcast.control;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tutti.api.json.Json;
import dev.tutti.core.time.VirtualTime;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Real sockets; only the clock that decides who is overdue is virtual. */
class TcpControlTest {
  private static final String VERSION =
      "{\"id\":1,\"jsonrpc\":\"2.0\",\"method\":\"Server.GetRPCVersion\"}";
  private static final String VERSION_ANSWER =
      "{\"id\":1,\"jsonrpc\":\"2.0\",\"result\":{\"major\":23,\"minor\":0,\"patch\":0}}\r\n";

  private final TestScope scope = TestScope.ownThread();
  private final ControlHouse house = new ControlHouse(scope);
  private final VirtualTime clock = new VirtualTime();
  private final List<SocketChannel> strayChannels = new CopyOnWriteArrayList<>();
  private final List<ByteBuffer> strays = new CopyOnWriteArrayList<>();
  private final TcpControl control =
      new TcpControl(
          house.hub,
          house.access,
          clock,
          System.getLogger(TcpControlTest.class.getName()),
          (channel, first) -> {
            strayChannels.add(channel);
            strays.add(first);
          });
  private final List<Wire> wires = new ArrayList<>();
  private ServerSocketChannel server;
  private InetSocketAddress address;

  @BeforeEach
  void listen() throws IOException {
    server =
        ServerSocketChannel.open()
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
    address = (InetSocketAddress) server.getLocalAddress();
    Thread.ofVirtual().name("test-accept").start(this::acceptAll);
  }

  private void acceptAll() {
    try {
      while (true) {
        control.accept(server.accept());
      }
    } catch (ClosedChannelException over) {
      // The test is over.
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
    control.close();
    house.hub.close();
    scope.close();
    for (Wire wire : wires) {
      wire.close();
    }
  }

  private Wire connect() throws IOException {
    Wire wire = new Wire(address);
    wires.add(wire);
    return wire;
  }

  @Test
  void answersEndWithCrLf() throws IOException {
    Wire wire = connect();
    wire.send(VERSION + "\n");

    assertThat(wire.line()).isEqualTo(VERSION_ANSWER);
  }

  @Test
  void requestsMayComeInPiecesOrTogether() throws IOException {
    Wire wire = connect();
    wire.send(VERSION.substring(0, 20));
    wire.send(VERSION.substring(20) + "\r\n" + VERSION + "\r\n\n" + VERSION + "\r\n");

    assertThat(List.of(wire.line(), wire.line(), wire.line())).containsOnly(VERSION_ANSWER);
  }

  @Test
  void theOthersAreToldAndTheRequesterIsNot() throws IOException {
    Wire asking = connect();
    Wire listening = connect();
    listening.ask(VERSION);
    Json answer =
        asking.ask(
            "{\"id\":9,\"jsonrpc\":\"2.0\",\"method\":\"Group.SetMute\",\"params\":{\"id\":\""
                + ControlHouse.GROUND
                + "\",\"mute\":true}}");

    assertThat(answer)
        .isEqualTo(Json.parse("{\"id\":9,\"jsonrpc\":\"2.0\",\"result\":{\"mute\":true}}"));
    assertThat(Json.parse(listening.line()).text("method")).contains("Group.OnMute");
    assertThat(asking.ask(VERSION).number("id")).isPresent();
  }

  @Test
  void whoClosesItsHalfStillGetsItsAnswer() throws IOException {
    Wire wire = connect();
    wire.send(
        "{\"id\":1,\"jsonrpc\":\"2.0\",\"method\":\"Client.SetLatency\",\"params\":{\"id\":"
            + "\"bath#2\",\"latency\":7}}\n");
    wire.endOutput();

    assertThat(wire.line()).contains("\"latency\":7");
    assertThat(wire.line()).isEmpty();
  }

  @Test
  void aLineWithoutEndIsAnsweredAndClosed() throws IOException {
    Wire wire = connect();
    wire.send("x".repeat(LineSplitter.MAX_LINE_BYTES + 1));
    wire.endOutput();

    assertThat(wire.line()).contains("-32700").contains("longer than 1048576 bytes");
    await().untilAsserted(() -> assertThat(control.count()).isZero());
  }

  @Test
  void bytesThatAreNoTextAreAnsweredAndTheSessionGoesOn() throws IOException {
    Wire wire = connect();
    wire.send("\u0000\u0001{{{{\r\n");
    assertThat(wire.line()).contains("-32700");

    assertThat(wire.ask(VERSION).number("id")).isPresent();
  }

  @Test
  void aStreamClientIsHandedOverWithWhatItHasSaidAndIsNoController() throws IOException {
    Wire wire = connect();
    wire.send("\u0005\u0000\u0002\u0000");

    await().untilAsserted(() -> assertThat(strays).hasSize(1));
    assertThat(strays.getFirst()).isEqualTo(ByteBuffer.wrap(new byte[] {5, 0, 2, 0}));
    await().untilAsserted(() -> assertThat(control.count()).isZero());
    house.once(
        Incoming.read(
            "{\"id\":1,\"jsonrpc\":\"2.0\",\"method\":\"Client.SetLatency\",\"params\":{\"id\":"
                + "\"bath#2\",\"latency\":7}}"));
    strayChannels.getFirst().write(ByteBuffer.wrap("still open\r\n".getBytes(UTF_8)));
    assertThat(wire.line()).isEqualTo("still open\r\n");
  }

  @Test
  void aControllerThatCameByAnotherPortIsAnsweredFromItsFirstByteOn() throws IOException {
    try (ServerSocketChannel other = ServerSocketChannel.open()) {
      other.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      Wire wire = new Wire((InetSocketAddress) other.getLocalAddress());
      wires.add(wire);
      control.accept(other.accept(), VERSION.substring(0, 9).getBytes(UTF_8));
      wire.send(VERSION.substring(9) + "\r\n");

      assertThat(wire.line()).isEqualTo(VERSION_ANSWER);
    }
  }

  @Test
  void aBrowserIsToldWhereThePageIs() throws IOException {
    Wire wire = connect();
    wire.send("GET / HTTP/1.1\r\nHost: attic:1705\r\n\r\n");

    assertThat(wire.line()).isEqualTo("HTTP/1.1 400 Bad Request\r\n");
    wire.line();
    wire.line();
    wire.line();
    assertThat(wire.line()).contains("The page is on the HTTP port");
    assertThat(wire.line()).as("the end").isEmpty();
  }

  @Test
  void aPageThatPostsRequestsToTheControlPortHasNoneOfThemCarriedOut() throws IOException {
    Wire wire = connect();
    String request =
        "{\"id\":1,\"jsonrpc\":\"2.0\",\"method\":\"Client.SetVolume\",\"params\":{\"id\":"
            + "\"bath#2\",\"volume\":{\"percent\":1}}}";
    wire.send("POST / HTTP/1.1\r\nHost: attic:1705\r\n\r\n" + request + "\r\n");

    assertThat(wire.line()).startsWith("HTTP/1.1 400");
    wire.drain();
    assertThat(house.store.snapshot().player("bath#2").orElseThrow().volumePercent()).isEqualTo(74);
  }

  @Test
  void whoNeverReadsIsClosedAndDelaysNobody() throws IOException {
    for (int i = 0; i < 500; i++) {
      house.arrive("player " + i, 1);
    }
    Wire deaf = new Wire(address, 4096);
    wires.add(deaf);
    await().until(() -> control.count() == 1);
    for (int i = 0; i < 100; i++) {
      house.once(
          Incoming.read(
              "{\"id\":1,\"jsonrpc\":\"2.0\",\"method\":\"Group.SetClients\",\"params\":{\"id\":\""
                  + ControlHouse.GROUND
                  + "\",\"clients\":[\"00:11:22:33:44:55\"]}}"));
    }

    await().untilAsserted(() -> assertThat(control.count()).isZero());
    assertThat(connect().answer(VERSION).number("id")).isPresent();
    assertThat(deaf.drain()).isLessThan(60L * 200_000);
  }

  @Test
  void inACrowdWhoHasNeverSaidAnythingMakesRoom() throws IOException {
    Wire speaking = connect();
    speaking.ask(VERSION);
    List<Wire> silent = new ArrayList<>();
    for (int i = 1; i < TcpControl.MAX_SESSIONS; i++) {
      clock.run(Duration.ofMillis(1));
      silent.add(connect());
      int expected = i + 1;
      await().pollInterval(Duration.ofMillis(1)).until(() -> control.count() == expected);
    }

    assertThat(connect().ask(VERSION).number("id")).isPresent();
    assertThat(silent.getFirst().line()).isEmpty();
    assertThat(speaking.ask(VERSION).number("id")).isPresent();
  }

  @Test
  void ifEverybodySpeaksOneMoreIsRefused() throws IOException {
    for (int i = 0; i < TcpControl.MAX_SESSIONS; i++) {
      connect().ask(VERSION);
    }

    assertThat(connect().line()).isEmpty();
    assertThat(wires.getFirst().ask(VERSION).number("id")).isPresent();
  }

  @Test
  void whoDoesNotFinishALineIsClosedAndWhoIsMerelySilentIsNot() throws IOException {
    Wire half = connect();
    Wire silent = connect();
    silent.ask(VERSION);
    half.send(VERSION + "\n{");
    half.line();
    await()
        .untilAsserted(() -> {
          clock.run(Duration.ofSeconds(31));
          control.sweep();
          assertThat(control.count()).isEqualTo(1);
        });

    assertThat(half.line()).isEmpty();
    clock.run(Duration.ofHours(10));
    control.sweep();
    assertThat(silent.ask(VERSION).number("id")).isPresent();
  }

  @Test
  void aFloodOfRequestsIsAnsweredInOrder() throws IOException {
    Wire wire = connect();
    int count = 2000;
    Thread.ofVirtual()
        .start(() -> {
          for (int i = 0; i < count; i++) {
            wire.send(
                "{\"id\":"
                    + i
                    + ",\"jsonrpc\":\"2.0\",\"method\":\"Client.SetVolume\",\"params\":"
                    + "{\"id\":\"bath#2\",\"volume\":{\"percent\":"
                    + i % 101
                    + "}}}\n");
          }
        });
    List<Integer> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ids.add(Json.parse(wire.line()).number("id").orElseThrow().intValue());
    }

    assertThat(ids).isSorted().hasSize(count);
  }
}
