package dev.tutti.player.deep;

import static dev.tutti.player.deep.Ears.assertInStep;
import static dev.tutti.player.deep.Ears.assertSmooth;
import static dev.tutti.player.deep.Ears.isPack;
import static dev.tutti.player.deep.Ears.isSilent;
import static dev.tutti.player.deep.Ears.isStream;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.player.fallback.Mode;
import org.junit.jupiter.api.Test;

/** A player that begins while its server is gone, so that it knows no clock (issue 5 item 5). */
class AloneTest {
  private static final long SECOND = 1_000_000;

  private final Room room = new Room("pcm");

  private Listener begin() {
    room.kill();
    return room.listener("a", 4_000).has(Counted.sound()).played();
  }

  private long ago(double seconds) {
    return room.now() - Math.round(seconds * SECOND);
  }

  private int frameAgo(Listener player, double seconds) {
    return player.frameAt(ago(seconds));
  }

  @Test
  void s0_66_afterTenSecondsItPlaysTheFallbackByItsOwnClockAndDoesNotClaimToBeInStep() {
    Listener player = begin();
    room.run(9.5);
    assertThat(player.chooser.mode()).isEqualTo(Mode.STOPPED);
    room.run(30);
    assertThat(player.chooser.mode()).isEqualTo(Mode.FALLBACK);
    assertInStep(player, frameAgo(player, 28), frameAgo(player, 0.1), Listener.BEHIND);
    assertThat(player.isAlone()).isTrue();
    assertThat(player.errorMicros()).isEqualTo(-1);
  }

  @Test
  void s0_52_whatWasAtRestStaysAtRest() {
    room.kill();
    Listener player = room.listener("a", 4_000).has(Counted.sound());
    room.run(30);
    assertThat(player.chooser.mode()).isEqualTo(Mode.STOPPED);
    assertThat(isSilent(player, ago(29), ago(0.1))).isTrue();
  }

  @Test
  void whereTheServerIsThereNothingOfTheFallbackIsHeard() {
    Listener player = room.listener("a", 4_000).has(Counted.sound()).played();
    room.run(15);
    assertThat(player.chooser.switches()).isZero();
    assertThat(isStream(player, ago(1))).isTrue();
  }

  @Test
  void whenAnotherPlayerTellsTheTimeItCrossesIntoStepWithoutAStepOfTheSound() {
    Listener player = begin();
    room.run(15);
    player.isTold();
    room.run(6);
    assertSmooth(player, ago(8), ago(0.1));
    assertInStep(player, frameAgo(player, 1.5), frameAgo(player, 0.1));
    assertThat(player.isAlone()).isFalse();
    assertThat(player.errorMicros()).isNotNegative();
  }

  @Test
  void whoIsToldTheTimeBeforeItPlaysIsInStepFromTheBeginning() {
    Listener player = begin();
    room.run(1);
    player.isTold();
    room.run(15);
    assertInStep(player, frameAgo(player, 4), frameAgo(player, 0.1));
  }

  @Test
  void whenTheServerComesItGoesIntoStepAndThenBackToTheStream() {
    Listener player = begin();
    room.run(15);
    room.start();
    room.run(4.5);
    assertInStep(player, frameAgo(player, 0.5), frameAgo(player, 0.1));
    room.run(15);
    assertThat(isStream(player, ago(1))).isTrue();
    assertSmooth(player, ago(20), ago(0.1));
  }

  @Test
  void whenTheServerComesWhoWasToldTheTimePlaysOnWhereItIs() {
    Listener player = begin();
    room.run(15);
    player.isTold();
    room.run(5);
    room.start();
    room.run(3);
    assertThat(isPack(player, ago(0.1))).isTrue();
    assertInStep(player, frameAgo(player, 2.9), frameAgo(player, 0.1));
    room.run(15);
    assertThat(isStream(player, ago(1))).isTrue();
    assertSmooth(player, ago(25), ago(0.1));
  }
}
