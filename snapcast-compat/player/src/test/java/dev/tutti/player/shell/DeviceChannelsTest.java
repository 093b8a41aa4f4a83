package dev.tutti.player.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tutti.api.audio.SampleFormat;
import dev.tutti.player.output.StreamOutput;
import dev.tutti.player.playout.VolumeCurve;
import dev.tutti.player.session.Identity;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** A device that cannot have the channels it is asked for. */
class DeviceChannelsTest {
  @Test
  void aStereoStreamSoundsOnADeviceOfOneChannel() throws IOException {
    ByteArrayOutputStream sound = new ByteArrayOutputStream();
    Identity identity =
        new Identity("", "den", "0.34.0", "Linux", "x86_64", "den", 1, Optional.empty());
    SampleFormat mono = new SampleFormat(48_000, 16, 1);
    try (TinyServer server = new TinyServer();
        Player player =
            new Player(
                new PlayerSetup(
                    new FixedServers(List.of(new ServerAddress("127.0.0.1", server.port()))),
                    Certificates.ofSystem(),
                    identity,
                    (wanted, clock) -> new StreamOutput(sound, mono, "memory", clock),
                    UnaryOperator.identity(),
                    0,
                    Optional.of(VolumeCurve.DEFAULT),
                    Optional.empty(),
                    0))) {
      player.start();
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> assertThat(sound.toByteArray()).contains((byte) 100));
    }
  }
}
