package dev.tutti.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.api.audio.SampleFormat;
import dev.tutti.api.json.Json;
import dev.tutti.interop.CountedNoise.Run;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our player on our server holds far more than bufferMs, and nobody hears it (S0-1). */
class DeepBufferTest {
  private static final int SECOND = 48_000;
  private static final String PLAYER = "02:00:00:00:00:0d";

  private final CountedNoise noise = new CountedNoise(16);
  @TempDir Path dir;

  @Test
  void aServerThatIsKilledAndComesBackIsNotMissed() {
    MusicFolder music = MusicFolder.in(dir).noise(noise, 1, 120);
    Path data = dir.resolve("data");
    TuttiProcess tutti = TuttiProcess.start(data, music.played("flac"));
    int port = tutti.streamPort();
    try (TuttiPlayer player =
        TuttiPlayer.join(dir, port, PLAYER, SampleFormat.DEFAULT, "--buffer", "40000")) {
      awaitInHand(tutti, PLAYER, 10_000, player);
      int before = player.frames();
      tutti.kill();
      awaitFrames(player, before + 2 * SECOND);
      tutti = TuttiProcess.startAt(data, List.of(), port, music.played("flac"));
      awaitInHand(tutti, PLAYER, 10_000, player);
      awaitFrames(player, before + 8 * SECOND);
      Run sound = player.longest(noise, 0);
      assertThat(sound.at()).as("where it begins\n%s", player.log()).isLessThan(before - SECOND);
      assertThat(sound.at() + sound.length())
          .as("where it ends\n%s", player.log())
          .isGreaterThan(before + 7 * SECOND);
    } finally {
      tutti.close();
    }
  }

  static void awaitInHand(TuttiProcess tutti, String client, int millis, TuttiPlayer player) {
    Awaitility.await(client + " holds " + millis + " ms; it says:\n" + player.log())
        .atMost(Duration.ofSeconds(40))
        .until(() -> inHand(tutti, client) >= millis);
  }

  private static int inHand(TuttiProcess tutti, String client) {
    return Json.parse(tutti.get("/api/reports").body())
        .get("reports")
        .orElseThrow()
        .items()
        .stream()
        .filter(each -> each.text("client").filter(client::equals).isPresent())
        .map(each -> each.get("report").orElseThrow().number("bufferMs").orElseThrow().intValue())
        .findFirst()
        .orElse(0);
  }

  private static void awaitFrames(TuttiPlayer player, int frames) {
    Awaitility.await("frame " + frames + "; the player says:\n" + player.log())
        .atMost(Duration.ofSeconds(60))
        .until(() -> player.frames() >= frames);
  }
}
