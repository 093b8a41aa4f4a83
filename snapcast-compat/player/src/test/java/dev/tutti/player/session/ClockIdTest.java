package dev.tutti.player.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tutti.snapcast.protocol.Report;
import dev.tutti.snapcast.protocol.ServerExtension;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A server that is back with another clock is not mixed up with the one before (design 5). */
class ClockIdTest {
  private final FakeServer server =
      new FakeServer(() -> new Vitals(true, 0, 0, 0, 0, 0, 0, 0, 0, "", "", Report.Fallback.NONE));

  /** Within what two clocks could have drifted in the meantime. */
  private void isBackWith(String clockId) {
    server.goAway();
    server.run(60);
    server.serverAhead += 40_000;
    name(clockId);
    server.comeBack();
    server.run(6);
  }

  private void name(String clockId) {
    server.extension = Optional.of(new ServerExtension(1, clockId));
  }

  @Test
  void anotherIdIsAnotherClockHoweverCloseItIs() {
    name("boot/0");
    server.run(5);
    isBackWith("boot/1");
    assertThat(server.clock.view().epoch()).isEqualTo(1);
    assertThat(server.clock.view().jumpMicros()).isBetween(39_500L, 40_500L);
    assertRight();
    assertThat(server.session.clockId()).isEqualTo("boot/1");
  }

  @Test
  void theSameIdIsTheSameClockThatHasDrifted() {
    name("boot/0");
    server.run(5);
    isBackWith("boot/0");
    assertThat(server.clock.view().epoch()).isZero();
    assertRight();
  }

  @Test
  void aClockThatWasFoundToHaveJumpedIsNotAnotherOnceMore() {
    name("boot/0");
    server.run(5);
    server.goAway();
    server.serverAhead -= 6_000_000_000L;
    name("boot/1");
    server.comeBack();
    server.run(6);
    assertThat(server.clock.view().epoch()).isEqualTo(1);
    assertRight();
  }

  private void assertRight() {
    assertThat(server.clock.view().serverMicros((double) server.nowMicros))
        .isCloseTo(server.serverMicros(), within(200.0));
  }
}
