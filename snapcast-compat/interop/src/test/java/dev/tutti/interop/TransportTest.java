package dev.tutti.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.audio.measure.Click;
import dev.tutti.interop.CountedNoise.Run;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A playlist's transport, heard through two unmodified snapclients (issue item 9; design 3.3, 3.6).
 */
class TransportTest {
  private static final int SECOND = 48_000;

  /** The server's default buffer, and what the issue grants beyond it. */
  private static final double HEARD_WITHIN_MS = 1000 + 150;

  /** A splice fades for 25 ms; frames in a fade have no number. Blocks last 20 ms. */
  private static final int FADE = 25 * 48;

  private static final int BLOCK = 960;

  @TempDir Path dir;

  @Test
  void theNextTrackIsHeardWithinTheBufferAndALittleInBothRoomsAtOnce() {
    Listening.to(
        dir,
        (tryDir, settled) -> {
          try (TwoRooms house = noise(tryDir, settled)) {
            long asked = house.remote.press("next");
            assertHeard(house, asked, MusicFolder.TRACK);
          }
        });
  }

  @Test
  void aSeekIsHeardWithinTheBufferAndALittleInBothRoomsAtOnce() {
    Listening.to(
        dir,
        (tryDir, settled) -> {
          try (TwoRooms house = noise(tryDir, settled)) {
            long asked = house.remote.seek(20);
            assertHeard(house, asked, 20 * SECOND);
          }
        });
  }

  @Test
  void nextTwiceSkipsTwo() {
    Listening.to(
        dir,
        (tryDir, settled) -> {
          try (TwoRooms house = noise(tryDir, settled)) {
            long asked = house.remote.press("next", "next");
            assertHeard(house, asked, 2 * MusicFolder.TRACK);
            assertThat(house.runs(house.kitchen))
                .as("runs of the track between")
                .noneMatch(r -> r.first() / MusicFolder.TRACK == 1);
          }
        });
  }

  @Test
  void afterAPauseItGoesOnAtTheFrameWhereItBecameSilent() {
    Listening.to(
        dir,
        (tryDir, settled) -> {
          try (TwoRooms house = noise(tryDir, settled)) {
            long asked = house.remote.press("pause");
            Awaitility.await("silence").atMost(Duration.ofSeconds(5)).until(house::silent);
            Run before = house.runs(house.kitchen).getLast();
            long silentAt = house.kitchen.heardNanos(before.at() + before.length());
            house.remote.press("play");
            Run after = house.awaitFrom(house.kitchen, before.first() + before.length());
            // The frames of the fade-out are played again, fading in.
            assertThat(after.first() - (before.first() + before.length()))
                .as("frames between %s and %s", before, after)
                .isBetween(0, FADE + BLOCK);
            assertThat((silentAt - asked) / 1e6).as("ms to the pause").isLessThan(HEARD_WITHIN_MS);
            Run inBath = house.awaitFrom(house.bath, before.first() + before.length());
            assertThat(inBath.first()).as("in the other room").isEqualTo(after.first());
          }
        });
  }

  @Test
  void skipSeekPauseAndPlayLeaveNoClick() {
    Listening.to(
        dir,
        (tryDir, settled) -> {
          MusicFolder music = MusicFolder.in(tryDir).tone(440, 30).tone(554.4, 30).tone(659.3, 30);
          try (TwoRooms house = TwoRooms.with(tryDir, music, "flac", settled)) {
            List<Runnable> steps =
                List.of(
                    () -> house.remote.press("next"),
                    () -> house.remote.seek(15.003),
                    () -> house.remote.press("pause"),
                    () -> house.remote.press("play"),
                    () -> house.remote.press("next"));
            for (Runnable step : steps) {
              step.run();
              house.play(1.8);
            }
            for (Snapclient each : house.both()) {
              assertThat(clicks(each.recorded())).isEmpty();
            }
          }
        });
  }

  private static TwoRooms noise(Path dir, List<Snapclient> settled) {
    MusicFolder music = MusicFolder.in(dir).noise(new CountedNoise(16), 4, 40);
    return TwoRooms.with(dir, music, "flac", settled);
  }

  private static List<Click> clicks(byte[] pcm) {
    return Pcm16.clicks(pcm, Pcm16.firstSound(pcm, 0));
  }

  /**
   * Both hear a frame come up within the time, after the same frame and after the same count of
   * frames: at one instant, then, but for what the players themselves are apart ({@link
   * GroupTest}).
   */
  private static void assertHeard(TwoRooms house, long askedNanos, int wanted) {
    List<Double> heardMs = new ArrayList<>();
    List<Integer> lastBefore = new ArrayList<>();
    List<Integer> firstAfter = new ArrayList<>();
    List<Integer> between = new ArrayList<>();
    for (Snapclient each : house.both()) {
      Run after = house.awaitFrom(each, wanted);
      Run before = house.before(each, after);
      int began = after.at() - (after.first() - wanted);
      between.add(after.at() - before.at() - before.length());
      heardMs.add((each.heardNanos(began) - askedNanos) / 1e6);
      lastBefore.add(before.first() + before.length() - 1);
      firstAfter.add(after.first());
    }
    assertThat(firstAfter.getFirst() - wanted)
        .as("frames of it that are hidden in the fade")
        .isBetween(0, FADE + BLOCK);
    assertThat(heardMs).as("ms from request to sound").allMatch(ms -> ms < HEARD_WITHIN_MS);
    assertThat(lastBefore.get(1)).as("the last frame before it").isEqualTo(lastBefore.get(0));
    assertThat(firstAfter.get(1)).as("the first whole frame of it").isEqualTo(firstAfter.get(0));
    assertThat(between.get(1)).as("frames of the fade").isEqualTo(between.get(0));
  }
}
