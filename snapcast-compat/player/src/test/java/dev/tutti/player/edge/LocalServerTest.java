package dev.tutti.player.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.audio.codec.Encoders;
import dev.tutti.player.mixer.Volume;
import dev.tutti.player.shell.MonotonicClock;
import dev.tutti.snapcast.protocol.Hello;
import dev.tutti.snapcast.protocol.ServerSettings;
import dev.tutti.snapcast.sessions.StreamServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.Channels;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

class LocalServerTest {
  private static final int PATIENCE_MS = 30_000;

  private static final Upstream NOWHERE =
      new Upstream() {
        @Override
        public void begin(Hello hello) {}

        @Override
        public void volumeChanged(Volume volume) {}

        @Override
        public int bufferMs() {
          return 0;
        }

        @Override
        public void end() {}
      };

  @Test
  void aClientThatCannotBeTakenIsTakenLater() throws Exception {
    LongSupplier clock = new MonotonicClock();
    AtomicInteger failures = new AtomicInteger(2);
    LocalServer local =
        new LocalServer(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            clock,
            door -> {
              if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw new IOException("Too many open files");
              }
              return door.accept();
            });
    StandIn standIn = new StandIn(NOWHERE, 300);
    StreamServer server =
        new StreamServer(
            Edge.policy(300), standIn, (_, _) -> null, Encoders::open, clock, () -> {});
    Thread io = Thread.ofPlatform().start(() -> local.run(server, standIn::step));

    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), local.address().getPort())) {
      client.setSoTimeout(PATIENCE_MS);
      Channels.newChannel(client.getOutputStream()).write(EdgeRoom.hello("one").frame(1, 0, 0, 0));
      assertThat(client.getInputStream().read()).isEqualTo(ServerSettings.TYPE);
    } finally {
      local.stop();
    }
    assertThat(failures).hasValue(0);
    assertThat(io.join(Duration.ofMillis(PATIENCE_MS))).isTrue();
  }
}
