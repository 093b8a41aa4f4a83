package dev.tutti.player.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tutti.api.audio.SampleFormat;
import dev.tutti.player.output.StreamOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A device that cannot have the channels it is asked for. */
class DeviceChannelsTest {
  @Test
  void aStereoStreamSoundsOnADeviceOfOneChannel() throws IOException {
    ByteArrayOutputStream sound = new ByteArrayOutputStream();
    SampleFormat mono = new SampleFormat(48_000, 16, 1);
    try (TinyServer server = new TinyServer();
        Player player =
            new Player(
                Setups.of(
                    Setups.here(server.port()),
                    Certificates.ofSystem(),
                    (wanted, clock) -> new StreamOutput(sound, mono, "memory", clock)))) {
      player.start();
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> assertThat(sound.toByteArray()).contains((byte) 100));
    }
  }
}
