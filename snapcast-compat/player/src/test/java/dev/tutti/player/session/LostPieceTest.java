package dev.tutti.player.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.player.clock.ClockView;
import dev.tutti.snapcast.protocol.ServerSettings;
import org.junit.jupiter.api.Test;

/** A live source goes on where it is now: what nobody captured is missing in what is in hand. */
class LostPieceTest {
  private static final long SECOND = 1_000_000;
  private static final long CHUNK = 20_000;
  private static final ClockView CLOCK =
      new ClockView(0, 0, true, 0, 0, 0, 0, 1, 0, 1e-14, -5, 5, 0);
  private static final ServerSettings SETTINGS = new ServerSettings(1000, 0, false, 100);

  private final Intake intake = new Intake(new ChunkQueue(), 10 * SECOND);

  private void connect(long now) {
    intake.connected(now);
    intake.begin(new StreamHead("pcm", new byte[44]));
  }

  private void chunks(long from, long to, long now) {
    for (long at = from; at < to; at += CHUNK) {
      intake.add(at, new byte[10], CLOCK, true, SETTINGS, now);
    }
  }

  private long end(long now) {
    return intake.endMicros(CLOCK, SETTINGS, now);
  }

  private boolean isBroken(long now) {
    return intake.isBroken(CLOCK, SETTINGS, now);
  }

  @Test
  void theSoundInHandEndsWhereThePieceIsMissingUntilThatIsOver() {
    connect(10 * SECOND);
    chunks(10 * SECOND, 15 * SECOND, 10 * SECOND);
    intake.disconnected();
    connect(12 * SECOND);
    chunks(17 * SECOND, 20 * SECOND, 12 * SECOND);
    assertThat(end(12 * SECOND)).isEqualTo(16 * SECOND);
    assertThat(isBroken(17 * SECOND)).isTrue();
    assertThat(end(18 * SECOND)).isEqualTo(21 * SECOND);
    assertThat(isBroken(18 * SECOND)).isFalse();
  }

  @Test
  void whatGoesOnWhereItEndedLacksNothing() {
    connect(10 * SECOND);
    chunks(10 * SECOND, 15 * SECOND, 10 * SECOND);
    intake.disconnected();
    connect(12 * SECOND);
    chunks(13 * SECOND, 20 * SECOND, 12 * SECOND);
    assertThat(isBroken(12 * SECOND)).isFalse();
    assertThat(end(12 * SECOND)).isEqualTo(21 * SECOND);
  }

  @Test
  void aPauseOfTheStreamIsNoPieceThatWasLost() {
    connect(10 * SECOND);
    chunks(10 * SECOND, 15 * SECOND, 10 * SECOND);
    chunks(17 * SECOND, 20 * SECOND, 12 * SECOND);
    assertThat(isBroken(12 * SECOND)).isFalse();
  }

  @Test
  void whatAnotherClockCountsIsNotTakenInWhileThereIsSoundInHand() {
    ClockView other = new ClockView(1, -5 * SECOND, true, -5 * SECOND, 0, 0, 0, 1, 0, 0, -5, 5, 0);
    connect(10 * SECOND);
    chunks(10 * SECOND, 15 * SECOND, 10 * SECOND);
    intake.disconnected();
    connect(12 * SECOND);
    for (long at = 7 * SECOND; at < 12 * SECOND; at += CHUNK) {
      intake.add(at, new byte[10], other, true, SETTINGS, 12 * SECOND);
    }
    assertThat(intake.counts(2, 0).repeated()).isBetween(135L, 150L);
    assertThat(intake.endMicros(other, SETTINGS, 12 * SECOND)).isEqualTo(13 * SECOND);
  }
}
