package dev.tutti.telnet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.core.plugins.PluginStatus;
import dev.tutti.core.plugins.PluginStatus.State;
import dev.tutti.testkit.House;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class TelnetPluginTest {
  private static final int PATIENCE_MS = 30_000;

  @Test
  void itTakesNoLinesUnlessItIsEnabled_S0_30() {
    TelnetPlugin plugin = new TelnetPlugin();
    try (House house = House.with(plugin)) {
      assertThat(house.plugins()).extracting(PluginStatus::state).containsExactly(State.RUNNING);
      assertThat(plugin.address()).isNull();
    }
  }

  @Test
  void enabledItTakesThemOnThisMachineOnly_S0_30() throws IOException {
    TelnetPlugin plugin = new TelnetPlugin();
    try (House house = House.with().add(plugin, "enabled = true\nport = 0").play("tone://")) {
      InetSocketAddress at = Objects.requireNonNull(plugin.address());
      assertThat(at.getAddress().isLoopbackAddress()).isTrue();

      assertThat(say(at, "var.set playing = false\nvar.get playing\nquit\n"))
          .isEqualTo("Variable playing set.\r\nEND\r\nfalse\r\nEND\r\nBye!\r\nEND\r\n");
      house.run(Duration.ofSeconds(1));
      assertThat(house.stream().problem()).contains("its gate is closed");
    }
  }

  @Test
  void aPortThatIsTakenIsNamedWithWhatToSet() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        House house =
            House.with()
                .add(
                    new TelnetPlugin(),
                    "enabled = true\nbind = \"127.0.0.1\"\nport = " + taken.getLocalPort())) {
      assertThat(house.plugins().getFirst().state()).isEqualTo(State.QUARANTINED);
      assertThat(house.plugins().getFirst().reason())
          .contains("127.0.0.1:" + taken.getLocalPort(), "[plugins.telnet]");
    }
  }

  private static String say(InetSocketAddress at, String lines) throws IOException {
    try (Socket socket = new Socket(at.getAddress(), at.getPort())) {
      socket.setSoTimeout(PATIENCE_MS);
      socket.getOutputStream().write(lines.getBytes(StandardCharsets.UTF_8));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
