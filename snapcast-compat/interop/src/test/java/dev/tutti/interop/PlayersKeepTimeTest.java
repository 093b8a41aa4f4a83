package dev.tutti.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.api.audio.SampleFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Players whose server was killed, and that reach each other (issue 5 item 5). */
@Tag("long")
class PlayersKeepTimeTest {
  private static final int SECOND = 48_000;
  private static final long APART_MICROS = 5_000;

  @TempDir Path dir;
  private final List<TuttiPlayer> players = new ArrayList<>();

  @AfterEach
  void end() {
    players.forEach(TuttiPlayer::close);
  }

  @Test
  void s0_53_threePlayersAgreeWhoKeepsTheTimeAndStayInStep() throws IOException {
    MusicFolder music = MusicFolder.in(dir.resolve("m")).tone(200, 60);
    MusicFolder calm = MusicFolder.in(dir.resolve("c")).glide(2);
    try (TuttiProcess tutti = TuttiProcess.start(dir.resolve("data"), music.played("flac"))) {
      tutti.upload("/api/fallback/packs?name=Calm&assign=all", calm.path().resolve("00.wav"));
      for (int i = 0; i < 3; i++) {
        players.add(join(i, tutti.streamPort()));
      }
      for (int i = 0; i < 3; i++) {
        Path pack = dir.resolve(i + "/kept/pack.json");
        await("the pack of player " + i, () -> Files.exists(pack));
      }
      players.forEach(player -> awaitFrames(player, 4 * SECOND));
      tutti.kill();
    }
    for (TuttiPlayer player : players) {
      await("the fallback", () -> player.log().contains("fallback after"));
    }
    await(
        "one that keeps the time of two",
        () -> players.stream().filter(p -> p.log().contains("keeps the time")).count() == 2);
    for (TuttiPlayer player : players) {
      awaitFrames(player, player.frames() + 4 * SECOND);
    }
    List<TuttiPlayer.Sound> sounds = players.stream().map(TuttiPlayer::lately).toList();
    for (TuttiPlayer.Sound sound : sounds) {
      assertThat(sound.signalToNoiseDb()).as("the fallback, %s", sounds).isGreaterThan(40);
      long later = Glide.laterMicros(sound.zeroMicros(), sounds.getFirst().zeroMicros());
      assertThat(Math.abs(later)).as("apart, %s", sounds).isLessThan(APART_MICROS);
    }
  }

  private TuttiPlayer join(int number, int port) throws IOException {
    Path folder = Files.createDirectory(dir.resolve(String.valueOf(number)));
    return TuttiPlayer.join(
        folder,
        port,
        "02:00:00:00:00:0" + number,
        SampleFormat.DEFAULT,
        "--buffer",
        "4000",
        "--data",
        folder.resolve("kept").toString());
  }

  private static void await(String what, Callable<Boolean> seen) {
    Awaitility.await(what).atMost(Duration.ofSeconds(60)).until(seen);
  }

  private static void awaitFrames(TuttiPlayer player, int frames) {
    await("frame " + frames, () -> player.frames() >= frames);
  }
}
