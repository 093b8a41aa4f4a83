package dev.tutti.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.api.audio.SampleFormat;
import dev.tutti.api.json.Json;
import dev.tutti.interop.CountedNoise.Run;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our player on our server holds far more than bufferMs, and nobody hears it (S0-1). */
class DeepBufferTest {
  private static final int SECOND = 48_000;
  private static final String PLAYER = "02:00:00:00:00:0d";
  private static final String OTHER = "02:00:00:00:00:0e";

  /** A run of frames this long is music, not chance. */
  private static final int MUSIC = 2_400;

  /** On a busy machine; a stock client's buffer is 1 s. */
  private static final long REACTION_MICROS = 600_000;

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

  @Test
  void aSkipIsHeardByAllAtOnceAndAtTheSameInstant() {
    MusicFolder music = MusicFolder.in(dir).noise(noise, 4, 60);
    try (TuttiProcess tutti = TuttiProcess.start(dir.resolve("data"), music.played("flac"));
        TuttiPlayer player =
            TuttiPlayer.join(
                dir, tutti.streamPort(), PLAYER, SampleFormat.DEFAULT, "--buffer", "30000");
        TuttiPlayer other =
            TuttiPlayer.join(
                dir, tutti.streamPort(), OTHER, SampleFormat.DEFAULT, "--buffer", "20000")) {
      awaitInHand(tutti, PLAYER, 4_000, player);
      awaitInHand(tutti, OTHER, 4_000, other);
      long quickest = Long.MAX_VALUE;
      for (int track = 1; track <= 2; track++) {
        int from = player.frames();
        long asked = System.nanoTime() / 1000;
        tutti.rpc("Stream.Control", Json.of("id", "default", "command", "next"));
        long first = heardMicros(player, track);
        long second = heardMicros(other, track);
        assertThat(Math.abs(first - second)).as("µs between the two").isLessThan(5_000);
        quickest = Math.min(quickest, first - asked);
        awaitFrames(player, from + 2 * SECOND);
      }
      assertThat(quickest).as("µs until the skip is heard").isLessThan(REACTION_MICROS);
    }
  }

  /** When the first frame of a track is heard, on this machine's clock. */
  private long heardMicros(TuttiPlayer player, int track) {
    int zero = track * MusicFolder.TRACK;
    return Awaitility.await("track " + track + "; the player says:\n" + player.log())
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                player.runs(noise, 0).stream()
                    .filter(run -> run.first() >= zero && run.length() >= MUSIC)
                    .min(Comparator.comparingInt(Run::at)),
            Optional::isPresent)
        .map(run -> player.heardMicros(run.at() - (run.first() - zero)))
        .orElseThrow();
  }

  private static void awaitInHand(
      TuttiProcess tutti, String client, int millis, TuttiPlayer player) {
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
