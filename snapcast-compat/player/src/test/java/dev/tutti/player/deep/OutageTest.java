package dev.tutti.player.deep;

import static dev.tutti.player.deep.Ears.assertInStep;
import static dev.tutti.player.deep.Ears.assertSmooth;
import static dev.tutti.player.deep.Ears.firstOfPack;
import static dev.tutti.player.deep.Ears.firstOfStream;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.player.fallback.Mode;
import org.junit.jupiter.api.Test;

/** A server that is gone: rooms play on together, and come back by themselves (design 5). */
class OutageTest {
  private static final int DEEP = 30_000;

  private final Room room = new Room("pcm");

  private Listener player(String name, int depthMs) {
    return room.listener(name, depthMs).has(Counted.sound());
  }

  @Test
  void s0_2_atTenSecondsInHandTheFallbackIsCrossedToWithoutAStep() {
    Listener deep = player("a", DEEP);
    room.run(35);
    long from = room.now();
    room.kill();
    long end = deep.endMicros();
    room.run(40);
    int first = firstOfPack(deep, from);
    // The fallback is as loud as a two hundredth a tenth of a second after it began.
    assertThat((end - deep.soundsAt(first)) / 1e6).isBetween(9.5, 10.25);
    assertSmooth(deep, from, room.now() - 100_000);
    assertThat(deep.chooser.mode()).isEqualTo(Mode.FALLBACK);
  }

  @Test
  void s0_53_playersThatLoseTheServerGoOverAtTheSameFrameAndStayInStep() {
    Listener one = player("a", DEEP);
    room.run(1.237);
    Listener two = player("b", DEEP);
    room.run(40);
    long from = room.now();
    room.kill();
    room.run(40);
    int first = firstOfPack(one, from);
    assertThat(one.soundsAt(first)).isCloseTo(two.soundsAt(firstOfPack(two, from)), within(2_000));
    assertInStep(one, first + 24_000 * 4, one.frames() - 100);
    assertInStep(two, two.frameAt((long) one.soundsAt(first)) + 24_000 * 4, two.frames() - 100);
  }

  @Test
  void s0_5_returnsByItselfAfterFiveSecondsAndCrossesToTheFrameThatIsDue() {
    Listener deep = player("a", DEEP);
    Listener stock = room.listener("stock", 0);
    room.run(35);
    long from = room.now();
    room.kill();
    room.run(40);
    long back = room.now();
    room.start();
    room.run(15);
    assertThat(deep.chooser.mode()).isEqualTo(Mode.STREAM);
    int returns = firstOfStream(deep, back);
    assertThat((deep.soundsAt(returns) - back) / 1e6).isBetween(5.0, 8.0);
    assertSmooth(deep, from, room.now() - 100_000);
    int frame = deep.frameAt(room.now() - 1_000_000);
    assertThat(deep.left(frame)).isEqualTo(stock.left(stock.frameAt(room.now() - 1_000_000)));
  }

  @Test
  void s0_54_aStreamThatRestsIsNotAFailureAndItsSilenceIsLeftAlone() {
    Listener deep = player("a", DEEP);
    room.run(20);
    room.program().rest();
    room.run(25);
    room.kill();
    room.run(60);
    assertThat(deep.chooser.switches()).isZero();
  }

  private static org.assertj.core.data.Offset<Double> within(double micros) {
    return org.assertj.core.data.Offset.offset(micros);
  }
}
