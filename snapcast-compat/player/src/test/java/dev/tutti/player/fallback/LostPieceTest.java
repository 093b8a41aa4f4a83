package dev.tutti.player.fallback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.player.clock.ClockView;
import dev.tutti.player.keeper.Reference;
import org.junit.jupiter.api.Test;

/** What the server lost while it was away is played over; a new clock is not mixed up. */
class LostPieceTest {
  private static final long SECOND = 1_000_000;

  private final FallbackSwitch chooser = new FallbackSwitch(SwitchPlan.DEFAULT);
  private long now = 100 * SECOND;

  private static ClockView clock(int epoch, long jump, long base) {
    return new ClockView(epoch, jump, true, base, 0, 0, 0, 1, 0, 1e-14, -5, 5, 0);
  }

  /** A server that is there, and sound until an instant. */
  private void step(double seconds, long end, boolean broken) {
    for (int i = 0; i < seconds * 20; i++) {
      now += SECOND / 20;
      chooser.step(
          new Situation(
              true,
              90 * SECOND,
              now,
              now,
              end,
              broken,
              SECOND,
              10 * SECOND,
              180_000,
              true,
              clock(0, 0, 0)),
          now);
    }
  }

  @Test
  void soundThatEndsBeforeAPieceThatWasLostIsLeftThoughTheServerIsThere() {
    step(1, 110 * SECOND, false);
    step(1, 103 * SECOND, true);
    assertThat(chooser.cue().pack()).isTrue();
    assertThat(chooser.cue().startMicros() + chooser.cue().fade().frames())
        .isLessThanOrEqualTo(103 * SECOND);
  }

  @Test
  void theStreamIsNotReturnedToBeforeThePieceThatWasLostIsOver() {
    step(1, 110 * SECOND, false);
    step(12, 103 * SECOND, true);
    assertThat(chooser.mode()).isEqualTo(Mode.FALLBACK);
    step(1, 124 * SECOND, false);
    assertThat(chooser.mode()).isEqualTo(Mode.STREAM);
  }

  @Test
  void aCrossingThatWasPlannedByAClockThatHasJumpedIsAtItsInstantByTheNewOne() {
    long jump = -2000 * SECOND;
    step(1, 110 * SECOND, false);
    step(1, 106 * SECOND, true);
    Cue planned = chooser.cue();
    now += SECOND / 20;
    long end = 106 * SECOND + jump;
    chooser.step(
        new Situation(
            true, now, now, now, end, true, SECOND, 10 * SECOND, 1, true, clock(1, jump, jump)),
        now);
    assertThat(chooser.cue())
        .isEqualTo(
            new Cue(planned.number(), true, 1, planned.startMicros() + jump, planned.fade()));
  }

  @Test
  void anErrorIsNotTakenFromAKeeperWhoHasYetToHearOfANewClock() {
    Reference kept = new Reference(clock(0, 0, 1000), 50, 0, 1);
    SharedClock shared = new SharedClock(() -> kept);
    shared.follow(clock(0, 0, 1000), true, now);
    ClockView other = clock(1, -2000 * SECOND, 1000 - 2000 * SECOND);
    shared.follow(other, true, now + SECOND);
    assertThat(shared.errorMicros(other, now + SECOND)).isLessThan(1_000_000);
    assertThat(shared.view().offsetAt((double) now + SECOND)).isBetween(-2e9, -1.99e9);
  }
}
