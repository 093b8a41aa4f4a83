package dev.tutti.player.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** What is heard by a clock must not notice that it was wrong (issue 5 item 5). */
class SlewedClockTest {
  private static final long STEP = 50_000;

  private final SlewedClock clock = new SlewedClock();
  private long now = 7_000_000_000L;

  private ClockView server(int epoch, long jump, long base, double ppm) {
    return new ClockView(epoch, jump, true, base, 7_000_000_000L, 0, ppm * 1e-6, 1, 0, 0, 0, 0, 0);
  }

  private double shown() {
    return clock.view().serverMicros((double) now);
  }

  private void follow(ClockView target, boolean heard, double seconds) {
    for (long end = now + Math.round(seconds * 1e6); now < end; now += STEP) {
      boolean known = clock.view().known();
      double before = shown();
      clock.follow(target, target, heard, now);
      if (heard && known) {
        assertThat(shown()).isCloseTo(before, within(0.1));
      }
    }
  }

  @Test
  void isPutWhileNobodyListens() {
    follow(server(0, 0, 1_000_000, 40), false, 0.1);
    follow(server(0, 0, 1_008_000, 40), false, 0.1);
    assertThat(clock.behindMicros()).isZero();
    assertThat(shown())
        .isCloseTo(server(0, 0, 1_008_000, 40).serverMicros((double) now), within(0.1));
  }

  @Test
  void isSlewedByAtMostAThousandthWhileSomebodyDoes() {
    follow(server(0, 0, 1_000_000, 40), true, 0.1);
    ClockView right = server(0, 0, 1_014_000, 40);
    follow(right, true, 10);
    assertThat(clock.view().rate()).isCloseTo(1040e-6, within(1e-9));
    assertThat(clock.behindMicros()).isBetween(3_900.0, 4_100.0);
    follow(right, true, 40);
    assertThat(shown()).isCloseTo(right.serverMicros((double) now), within(1.0));
    assertThat(clock.view().rate()).isCloseTo(40e-6, within(1e-6));
  }

  @Test
  void anEpochIsFollowedInNameOnly() {
    follow(server(0, 0, 1_000_000, 0), true, 0.1);
    double before = shown();
    ClockView other = server(1, 5_000_000_000L, 5_001_000_300L, 0);
    clock.follow(other, other, true, now);
    assertThat(clock.view().epoch()).isEqualTo(1);
    assertThat(shown() - before).isCloseTo(5e9, within(0.1));
    assertThat(clock.behindMicros()).isCloseTo(300, within(0.1));
  }
}
