package dev.tutti.player.deep;

import static dev.tutti.player.deep.Ears.assertSmooth;
import static dev.tutti.player.deep.Ears.isPack;
import static dev.tutti.player.deep.Ears.isSilent;
import static dev.tutti.player.deep.Ears.isStream;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.player.fallback.Mode;
import org.junit.jupiter.api.Test;

/** A player that is told to stop and to play: it stays connected, and a failure is none then. */
class StopTest {
  private static final long SECOND = 1_000_000;

  /** A ramp of 20 ms of the fallback. */
  private static final int RAMP = 40;

  private final Room room = new Room("pcm");
  private final Listener player = room.listener("a", 4_000).has(Counted.sound());

  private long ago(double seconds) {
    return room.now() - Math.round(seconds * SECOND);
  }

  @Test
  void s0_52_startsStoppedAndPlaysWithTheFirstSound() {
    assertThat(player.chooser.mode()).isEqualTo(Mode.STOPPED);
    room.run(3);
    assertThat(player.chooser.mode()).isEqualTo(Mode.STREAM);
  }

  @Test
  void s0_54_stoppedItIsSilentAndAFailureChangesNothing() {
    room.run(8);
    player.chooser.stop();
    room.run(2);
    room.kill();
    room.run(30);
    assertThat(player.chooser.mode()).isEqualTo(Mode.STOPPED);
    assertThat(player.chooser.switches()).isZero();
    assertThat(isSilent(player, ago(31.5), ago(0.1))).isTrue();
  }

  @Test
  void s0_56_whatItIsToldTwiceItDoesOnce() {
    room.run(8);
    player.chooser.play();
    room.run(1);
    assertThat(isStream(player, ago(0.1))).isTrue();
    player.chooser.stop();
    player.chooser.stop();
    room.run(1);
    player.chooser.stop();
    room.run(1);
    assertThat(isSilent(player, ago(1.5), ago(0.1))).isTrue();
    player.chooser.play();
    player.chooser.play();
    room.run(1);
    assertThat(player.chooser.mode()).isEqualTo(Mode.STREAM);
    assertThat(isStream(player, ago(0.1))).isTrue();
    assertSmooth(player, ago(4), ago(0.1), RAMP);
  }

  @Test
  void s0_59_stoppedWhileTheFallbackPlaysItEndsTheFallback() {
    room.run(8);
    room.kill();
    room.run(20);
    assertThat(isPack(player, ago(0.1))).isTrue();
    player.chooser.stop();
    room.run(5);
    assertThat(player.chooser.mode()).isEqualTo(Mode.STOPPED);
    assertThat(player.chooser.cue().pack()).isFalse();
    assertThat(isSilent(player, ago(4.5), ago(0.1))).isTrue();
    assertSmooth(player, ago(6), ago(0.1), RAMP);
  }

  @Test
  void toldToPlayWhileTheServerIsGoneItPlaysTheFallbackAfterThreeChecks() {
    room.run(8);
    player.chooser.stop();
    room.run(1);
    room.kill();
    room.run(10);
    player.chooser.play();
    room.run(2.5);
    assertThat(player.chooser.mode()).isEqualTo(Mode.STOPPED);
    room.run(2);
    assertThat(player.chooser.mode()).isEqualTo(Mode.FALLBACK);
    assertThat(isPack(player, ago(0.1))).isTrue();
    room.start();
    room.run(15);
    assertThat(isStream(player, ago(0.1))).isTrue();
    assertSmooth(player, ago(20), ago(0.1), 200);
  }
}
