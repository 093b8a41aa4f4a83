package dev.tutti.core.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tutti.api.net.Network;
import dev.tutti.core.net.HostPorts.NamedPort;
import dev.tutti.core.plugins.FakeScope;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HostPortsTest {
  private static final InetAddress HERE = InetAddress.getLoopbackAddress();
  private static final Duration LONG = Duration.ofSeconds(60);

  private final BlockingQueue<SocketChannel> accepted = new LinkedBlockingQueue<>();

  private static HostPorts open(Duration patience) {
    return HostPorts.open(HERE, List.of(new NamedPort("stream", 0, "--stream-port")), patience);
  }

  private SocketChannel next() throws InterruptedException {
    SocketChannel channel = accepted.poll(10, TimeUnit.SECONDS);
    assertThat(channel).as("an accepted connection").isNotNull();
    return channel;
  }

  @Test
  void givesEachCallerToThePluginThatListens() throws Exception {
    try (HostPorts ports = open(LONG);
        FakeScope plugin = new FakeScope("snapcast")) {
      Network.Listening listening = ports.forPlugin(plugin).listen("stream", accepted::add);
      try (SocketChannel caller = SocketChannel.open(listening.address());
          SocketChannel channel = next()) {
        assertThat(channel.getRemoteAddress()).isEqualTo(caller.getLocalAddress());
        assertThat(channel.isBlocking()).isTrue();
        assertThat(channel.getOption(StandardSocketOptions.TCP_NODELAY)).isTrue();
      }
    }
  }

  @Test
  void keepsCallersWaitingWhileThePluginIsSwapped() throws Exception {
    try (HostPorts ports = open(LONG)) {
      FakeScope old = new FakeScope("snapcast");
      ports.forPlugin(old).listen("stream", accepted::add);
      old.close();
      try (SocketChannel caller = SocketChannel.open(ports.address("stream"));
          FakeScope successor = new FakeScope("snapcast")) {
        ports.forPlugin(successor).listen("stream", accepted::add);
        try (SocketChannel channel = next()) {
          assertThat(channel.getRemoteAddress()).isEqualTo(caller.getLocalAddress());
        }
      }
    }
  }

  @Test
  void hangsUpWhenNobodyHasListenedForLong() throws Exception {
    try (HostPorts ports = open(Duration.ofMillis(1));
        SocketChannel caller = SocketChannel.open(ports.address("stream"))) {
      assertThat(caller.read(ByteBuffer.allocate(1))).isEqualTo(-1);
    }
  }

  @Test
  void servesAgainAfterHavingHungUp() throws Exception {
    try (HostPorts ports = open(Duration.ofMillis(1));
        FakeScope plugin = new FakeScope("snapcast")) {
      try (SocketChannel caller = SocketChannel.open(ports.address("stream"))) {
        assertThat(caller.read(ByteBuffer.allocate(1))).isEqualTo(-1);
      }
      ports.forPlugin(plugin).listen("stream", accepted::add);
      try (SocketChannel caller = SocketChannel.open(ports.address("stream"))) {
        assertThat(caller.isConnected()).isTrue();
        next().close();
      }
    }
  }

  @Test
  void handsOverARushOfFiveHundredCallers() throws Exception {
    List<SocketChannel> callers = new ArrayList<>();
    try (HostPorts ports = open(LONG);
        FakeScope plugin = new FakeScope("snapcast")) {
      InetSocketAddress address = ports.address("stream");
      for (int i = 0; i < 500; i++) {
        SocketChannel caller = SocketChannel.open();
        caller.configureBlocking(false);
        caller.connect(address);
        callers.add(caller);
      }
      ports.forPlugin(plugin).listen("stream", accepted::add);
      for (int i = 0; i < 500; i++) {
        next().close();
      }
      assertThat(accepted).isEmpty();
    } finally {
      for (SocketChannel caller : callers) {
        caller.close();
      }
    }
  }

  @Test
  void refusesASecondPluginByName() {
    try (HostPorts ports = open(LONG);
        FakeScope first = new FakeScope("snapcast");
        FakeScope second = new FakeScope("other")) {
      ports.forPlugin(first).listen("stream", accepted::add);
      assertThatThrownBy(() -> ports.forPlugin(second).listen("stream", accepted::add))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "plugin \"other\" cannot listen on the stream port: plugin \"snapcast\" does");
    }
  }

  @Test
  void closesACallerWhoseAcceptorThrows() throws Exception {
    try (HostPorts ports = open(LONG);
        FakeScope plugin = new FakeScope("snapcast")) {
      ports
          .forPlugin(plugin)
          .listen(
              "stream",
              channel -> {
                throw new IllegalStateException("full");
              });
      try (SocketChannel caller = SocketChannel.open(ports.address("stream"))) {
        assertThat(caller.read(ByteBuffer.allocate(1))).isEqualTo(-1);
      }
      assertThat(plugin.failures()).hasSize(1);
    }
  }

  @Test
  void namesThePortAndTheOptionWhenItIsTaken() throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, HERE)) {
      NamedPort taken = new NamedPort("control", other.getLocalPort(), "--control-port");
      assertThatThrownBy(() -> HostPorts.open(HERE, List.of(taken), LONG))
          .isInstanceOf(PortUnavailable.class)
          .hasMessage(
              "cannot listen on port %d (control): another program is using it; stop that program,"
                      .formatted(other.getLocalPort())
                  + " or choose another with --control-port");
    }
  }

  @Test
  void leavesNoPortOpenWhenOneIsTaken() throws IOException {
    int free;
    try (ServerSocket probe = new ServerSocket(0, 1, HERE)) {
      free = probe.getLocalPort();
    }
    try (ServerSocket other = new ServerSocket(0, 1, HERE)) {
      List<NamedPort> wanted =
          List.of(
              new NamedPort("stream", free, "--stream-port"),
              new NamedPort("control", other.getLocalPort(), "--control-port"));
      assertThatThrownBy(() -> HostPorts.open(HERE, wanted, LONG))
          .isInstanceOf(PortUnavailable.class);
    }
    try (ServerSocket again = new ServerSocket(free, 1, HERE)) {
      assertThat(again.isBound()).isTrue();
    }
  }

  @Test
  void saysThatTheAddressIsNotThisMachines() throws IOException {
    InetAddress elsewhere = InetAddress.getByName("192.0.2.1");
    assertThatThrownBy(() ->
            HostPorts.open(elsewhere, List.of(new NamedPort("stream", 0, "--stream-port")), LONG))
        .isInstanceOf(PortUnavailable.class)
        .hasMessage("cannot listen on 192.0.2.1: this machine has no such address; change --bind");
  }

  @Test
  void closesThePortWithTheHost() throws IOException {
    HostPorts ports = open(LONG);
    InetSocketAddress address = ports.address("stream");
    ports.close();
    assertThatThrownBy(() -> SocketChannel.open(address).close())
        .isInstanceOf(java.net.ConnectException.class);
  }
}
