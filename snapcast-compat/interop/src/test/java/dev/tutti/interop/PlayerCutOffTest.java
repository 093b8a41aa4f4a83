package dev.tutti.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.api.audio.SampleFormat;
import dev.tutti.audio.measure.Gap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A cable that is pulled, and a server that stands still, each for longer than what is in hand: no
 * gap and no click in what is recorded, and everything comes back by itself (issue 5 item 10).
 * Leaves the picture that stands in the docs in {@code target/outage.svg}.
 */
class PlayerCutOffTest {
  private static final int SECOND = 48_000;
  private static final SampleFormat FORMAT = SampleFormat.DEFAULT;
  private static final Path FIGURE = Path.of("target", "outage.svg");

  /** Ten milliseconds of nothing but dither. */
  private static final int GAP = 480;

  private static final float DITHER = 2 / 32_768f;

  @TempDir Path dir;
  private Cable cable;
  private TuttiProcess tutti;
  private TuttiPlayer far;
  private TuttiPlayer near;
  private Levels farLevels;
  private Levels nearLevels;

  @BeforeEach
  void twoRoomsPlay() throws IOException {
    cable = Cable.lay();
    MusicFolder music = MusicFolder.in(dir.resolve("m")).tone(200, 120);
    MusicFolder calm = MusicFolder.in(dir.resolve("c")).tone(300, 9);
    tutti =
        TuttiProcess.startWith(
            dir.resolve("data"),
            Peers.ON_TIME,
            List.of(
                "--bind=0.0.0.0",
                "--stream-port=0",
                "--control-port=0",
                "--http-port=0",
                "--no-mdns"),
            music.played("flac"));
    Path pack = calm.path().resolve("00.wav");
    tutti.upload("/api/fallback/packs?name=Calm&assign=all", pack);
    far = join("far", cable.prefix(), cable.here());
    near = join("near", List.of(), "127.0.0.1");
    farLevels = new Levels(dir.resolve("far"));
    nearLevels = new Levels(dir.resolve("near"));
    for (String room : List.of("far", "near")) {
      await("the pack in " + room, () -> Files.exists(dir.resolve(room + "/kept/pack.json")));
    }
    awaitFrames(far, Math.max(0, far.frames()) + 5 * SECOND);
    awaitFrames(near, SECOND * 5);
  }

  private TuttiPlayer join(String room, List<String> prefix, String host) throws IOException {
    Path folder = Files.createDirectory(dir.resolve(room));
    return TuttiPlayer.join(
        folder,
        prefix,
        "tcp://" + host + ":" + tutti.streamPort(),
        room,
        FORMAT,
        "--buffer",
        "4000",
        "--data",
        folder.resolve("kept").toString());
  }

  @AfterEach
  void end() {
    Optional.ofNullable(farLevels).ifPresent(Levels::close);
    Optional.ofNullable(nearLevels).ifPresent(Levels::close);
    Optional.ofNullable(far).ifPresent(TuttiPlayer::close);
    Optional.ofNullable(near).ifPresent(TuttiPlayer::close);
    Optional.ofNullable(tutti).ifPresent(TuttiProcess::close);
    Optional.ofNullable(cable).ifPresent(Cable::close);
  }

  @Test
  void s0_8_s0_65_theCableIsPulledThenTheServerStandsStillAndNobodyHearsAGap() throws IOException {
    int farFrom = far.firstSound(0) + SECOND;
    int drawnFrom = far.frames() - 3 * SECOND;
    int nearFrom = near.firstSound(0) + SECOND;
    Map<Long, String> events = new TreeMap<>();

    event(events, "cable pulled");
    cable.pull();
    await("the fallback in the far room", () -> farLevels.mode().equals("fallback"));
    assertThat(nearLevels.mode()).as("the other room").isEqualTo("stream");

    event(events, "server stopped");
    Peers.signal(tutti.pid(), "STOP");
    await("the fallback in the near room", () -> nearLevels.mode().equals("fallback"));
    awaitFrames(near, near.frames() + 4 * SECOND);

    cable.plugIn();
    Peers.signal(tutti.pid(), "CONT");
    event(events, "both are back");
    await("the stream in the far room", () -> farLevels.mode().equals("stream"));
    await("the stream in the near room", () -> nearLevels.mode().equals("stream"));
    awaitFrames(far, far.frames() + 4 * SECOND);
    awaitFrames(near, near.frames() + 4 * SECOND);

    draw(drawnFrom, far.frames() - SECOND / 2, events);
    assertSound(far, farFrom);
    assertSound(near, nearFrom);
    assertThat(FIGURE).content().contains("cable pulled", "polyline");
  }

  private static void event(Map<Long, String> events, String name) {
    events.put(System.nanoTime() / 1000, name);
  }

  private void draw(int from, int to, Map<Long, String> events) throws IOException {
    float[] sound = far.left(from, to - from);
    String svg = OutageFigure.svg(sound, farLevels.all(), far.heardMicros(from), events);
    Files.writeString(FIGURE, svg);
  }

  private static void assertSound(TuttiPlayer player, int from) {
    int to = player.frames() - SECOND / 2;
    assertThat(player.clicks(from, to)).as(player.log()).isEmpty();
    assertThat(Gap.find(player.left(from, to - from), 1, GAP, DITHER)).as(player.log()).isEmpty();
  }

  private void await(String what, Callable<Boolean> seen) {
    Awaitility.await(what).atMost(Duration.ofSeconds(60)).until(seen);
  }

  private void awaitFrames(TuttiPlayer player, int frames) {
    await("frame " + frames, () -> player.frames() >= frames);
  }
}
