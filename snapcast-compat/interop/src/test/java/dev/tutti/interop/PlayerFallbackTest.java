package dev.tutti.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.api.audio.SampleFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that is gone for longer than the buffer lasts: the fallback, and back (issue 5). */
@Tag("long")
class PlayerFallbackTest {
  private static final int SECOND = 48_000;
  private static final String PLAYER = "02:00:00:00:00:1f";
  private static final String BUFFER = "4000";

  @TempDir Path dir;

  @Test
  void s0_65_theServerIsKilledThePackPlaysAndTheStreamReturnsByItself() throws IOException {
    MusicFolder music = MusicFolder.in(Files.createDirectory(dir.resolve("m"))).tone(200, 120);
    MusicFolder calm = MusicFolder.in(Files.createDirectory(dir.resolve("c"))).tone(300, 9);
    Path data = dir.resolve("data");
    Path kept = dir.resolve("kept");
    TuttiProcess tutti = TuttiProcess.start(data, music.played("flac"));
    int port = tutti.streamPort();
    try (TuttiPlayer player =
        TuttiPlayer.join(
            dir,
            port,
            PLAYER,
            SampleFormat.DEFAULT,
            "--buffer",
            BUFFER,
            "--data",
            kept.toString())) {
      tutti.upload("/api/fallback/packs?name=Calm&assign=all", calm.path().resolve("00.wav"));
      await("the pack is here", player, () -> Files.exists(kept.resolve("pack.json")));
      int sounds = Math.max(0, player.frames());
      awaitFrames(player, sounds + 5 * SECOND);
      int from = player.frames();
      tutti.kill();
      await("the fallback plays", player, () -> player.log().contains("fallback after"));
      awaitFrames(player, player.frames() + 6 * SECOND);
      tutti = TuttiProcess.startAt(data, List.of(), port, music.played("flac"));
      await("the stream is back", player, () -> player.log().contains("the server is back"));
      awaitFrames(player, player.frames() + 4 * SECOND);
      int to = player.frames() - SECOND;
      assertThat(player.clicks(from, to)).as(player.log()).isEmpty();
      assertThat(longestSilence(player.left(from, to - from))).as(player.log()).isLessThan(480);
    } finally {
      tutti.close();
    }
  }

  private static int longestSilence(float[] samples) {
    int longest = 0;
    int run = 0;
    for (float sample : samples) {
      run = Math.abs(sample) < 1e-3 ? run + 1 : 0;
      longest = Math.max(longest, run);
    }
    return longest;
  }

  private static void await(
      String what, TuttiPlayer player, java.util.concurrent.Callable<Boolean> seen) {
    Awaitility.await(what + "; the player says:\n" + player.log())
        .atMost(Duration.ofSeconds(60))
        .until(seen);
  }

  private static void awaitFrames(TuttiPlayer player, int frames) {
    await("frame " + frames, player, () -> player.frames() >= frames);
  }
}
