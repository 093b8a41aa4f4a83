package dev.tutti.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.api.audio.SampleFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Players in networks of their own whose server's cable is pulled, and that reach each other, or do
 * not (issue 5 items 5 and 10).
 */
@Tag("long")
class PlayersKeepTimeTest {
  private static final int SECOND = 48_000;
  private static final long APART_MICROS = 5_000;
  private static final String HOUSE = "house";

  /** How far the clock of a machine that was started anew is ahead, s: not whole periods. */
  private static final int AHEAD = 777;

  @TempDir Path dir;
  private final Map<String, TuttiPlayer> players = new LinkedHashMap<>();
  private Rooms rooms;
  private TuttiProcess tutti;

  @BeforeEach
  void threeRoomsPlay() throws IOException {
    rooms = Rooms.wire(dir, HOUSE, "a", "b", "c");
    MusicFolder music = MusicFolder.in(dir.resolve("music")).tone(200, 120);
    MusicFolder calm = MusicFolder.in(dir.resolve("calm")).glide(2);
    tutti =
        TuttiProcess.startWith(
            dir.resolve("data"),
            rooms.in(HOUSE),
            List.of("--bind=0.0.0.0", "--control-port=0", "--http-port=0", "--no-mdns"),
            music.played("flac"));
    rooms.run(
        HOUSE,
        TuttiProcess.home().resolve("tutti").toString(),
        "fallback",
        "add",
        calm.path().resolve("00.wav").toString(),
        "--for",
        "all",
        "--data",
        dir.resolve("data").toString());
    for (String room : List.of("a", "b", "c")) {
      join(room, room, List.of());
    }
    for (String room : players.keySet()) {
      await("the pack of " + room, () -> Files.exists(kept(room).resolve("pack.json")));
      await("the others of " + room, () -> othersKnown(room) == 2);
      awaitFrames(room, 4 * SECOND);
    }
  }

  @AfterEach
  void end() {
    players.values().forEach(TuttiPlayer::close);
    if (tutti != null) {
      tutti.close();
    }
    if (rooms != null) {
      rooms.close();
    }
  }

  @Test
  void s0_53_theyAgreeWhoKeepsTheTimeAndStayInStepTogetherAndApart() {
    rooms.pull(HOUSE);
    awaitFallback();
    await(
        "one that keeps the time of two",
        () ->
            players.values().stream().filter(p -> p.log().contains("keeps the time")).count() >= 2);
    awaitMore();
    assertInStep("the server's cable is pulled", "a", "b", "c");

    rooms.pull("c");
    awaitMore();
    awaitMore();
    assertInStep("that of a room as well", "a", "b", "c");

    rooms.plugIn("c");
    rooms.plugIn(HOUSE);
    for (TuttiPlayer player : players.values()) {
      await("the stream", () -> player.log().contains("stream after"));
    }
  }

  @Test
  void s0_66_whoIsStartedAnewWhileCutOffPlaysByItsOwnClockUntilAnotherTellsTheTime()
      throws IOException {
    rooms.pull(HOUSE);
    awaitFallback();
    rooms.pull("c");
    players.get("c").close();
    TuttiPlayer anew =
        join("anew", "c", List.of("unshare", "-T", "--monotonic", String.valueOf(AHEAD), "--"));
    await("the fallback", () -> anew.log().contains("fallback after"));
    awaitMore();
    assertThat(anew.log()).contains("nobody has told the time");
    assertThat(Math.abs(later("anew", "a"))).as("on its own clock").isGreaterThan(APART_MICROS);

    rooms.plugIn("c");
    await("the time", () -> anew.log().contains("another player has told the time"));
    awaitMore();
    awaitMore();
    assertInStep("told the time", "a", "b", "anew");
  }

  private TuttiPlayer join(String name, String room, List<String> prefix) throws IOException {
    Path folder = Files.createDirectory(dir.resolve(name));
    List<String> command = new ArrayList<>(rooms.in(room));
    command.addAll(prefix);
    TuttiPlayer player =
        TuttiPlayer.join(
            folder,
            command,
            "tcp://" + rooms.address(HOUSE) + ":" + tutti.streamPort(),
            "02:00:00:00:00:0" + room,
            SampleFormat.DEFAULT,
            "--buffer",
            "4000",
            "--data",
            kept(room).toString());
    players.put(name, player);
    return player;
  }

  private Path kept(String room) {
    return dir.resolve("kept-" + room);
  }

  private int othersKnown(String room) throws IOException {
    Path house = kept(room).resolve("house.json");
    return Files.exists(house) ? Files.readString(house).split("10\\.95\\.", -1).length - 1 : 0;
  }

  private void awaitFallback() {
    for (TuttiPlayer player : players.values()) {
      await("the fallback", () -> player.log().contains("fallback after"));
    }
  }

  /** Some more seconds of all that play. */
  private void awaitMore() {
    Map<String, Integer> until = new LinkedHashMap<>();
    players.forEach((name, player) -> {
      if (player.alive()) {
        until.put(name, player.frames() + 4 * SECOND);
      }
    });
    until.forEach(this::awaitFrames);
  }

  private long later(String one, String other) {
    return Glide.laterMicros(heard(one).zeroMicros(), heard(other).zeroMicros());
  }

  /** A second of it in which it does not begin anew, which it does with a short fade. */
  private TuttiPlayer.Sound heard(String name) {
    return Awaitility.await("the fallback in " + name)
        .atMost(Duration.ofSeconds(30))
        .until(players.get(name)::lately, sound -> sound.signalToNoiseDb() > 40);
  }

  private void assertInStep(String when, String... names) {
    for (String name : names) {
      long later = later(name, names[0]);
      System.getLogger(PlayersKeepTimeTest.class.getName())
          .log(System.Logger.Level.INFO, "{0}: {1} is {2} µs later", when, name, later);
      assertThat(Math.abs(later)).as("%s, %s: µs apart", when, name).isLessThan(APART_MICROS);
    }
  }

  private static void await(String what, Callable<Boolean> seen) {
    Awaitility.await(what).atMost(Duration.ofSeconds(60)).until(seen);
  }

  private void awaitFrames(String name, int frames) {
    await("frame " + frames + " of " + name, () -> players.get(name).frames() >= frames);
  }
}
