package dev.tutti.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.api.json.Json;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The player's {@code --mixer hardware}, through ALSA to a sound card: what the server sets is set
 * there, and what is set there the server is told (issue 4 item 3); over a WebSocket (item 1).
 */
class PlayerMixerTest {
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  @TempDir Path dir;

  @Test
  void theCardFollowsTheServerAndTheServerFollowsTheCard() {
    Peers.require("pactl");
    try (TuttiProcess tutti =
            TuttiProcess.start(dir.resolve("data"), "--source=sine://?name=default");
        SoundCard card = SoundCard.plugIn(dir)) {
      card.player(
          "ws://127.0.0.1:" + tutti.httpPort(),
          "--hostID=room",
          "--output=alsa",
          "--soundcard=pulse",
          "--mixer=hardware");
      Awaitility.await("the player joins; what was said: " + card.log())
          .atMost(PATIENCE)
          .until(() -> status(tutti).contains("\"id\":\"room\""));

      tutti.rpc(
          "Client.SetVolume",
          Json.of("id", "room", "volume", Json.of("muted", false, "percent", 40)));
      Awaitility.await("the card")
          .atMost(PATIENCE)
          .untilAsserted(
              () -> assertThat(card.control("get-sink-volume", "room")).contains(" 40%"));

      card.control("set-sink-volume", "room", "65%");
      Awaitility.await("the server")
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(status(tutti)).contains("\"percent\":65"));
    }
  }

  private static String status(TuttiProcess tutti) {
    return tutti.rpc("Server.GetStatus", Json.of()).toString();
  }
}
