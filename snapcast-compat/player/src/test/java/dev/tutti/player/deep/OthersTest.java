package dev.tutti.player.deep;

import static dev.tutti.player.deep.Ears.assertSmooth;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.player.fallback.Mode;
import org.junit.jupiter.api.Test;

/** One room is cut off; the others are not to notice. */
class OthersTest {
  private static final int DEEP = 30_000;

  private final Room room = new Room("pcm");

  @Test
  void s0_8_whoIsCutOffLeavesTheOthersAsTheyAre() {
    Listener cutOff = room.listener("a", DEEP).has(Counted.sound());
    Listener other = room.listener("b", DEEP).has(Counted.sound());
    Listener stock = room.listener("stock", 0);
    room.run(35);
    long from = room.now();

    cutOff.apart(true);
    room.run(40);
    assertThat(cutOff.chooser.mode()).isEqualTo(Mode.FALLBACK);
    cutOff.apart(false);
    room.run(15);

    assertThat(cutOff.chooser.mode()).isEqualTo(Mode.STREAM);
    assertThat(other.chooser.switches()).isZero();
    assertSmooth(other, from, room.now() - 100_000);
    for (long at = from; at < room.now() - 100_000; at += 250_000) {
      assertThat(other.left(other.frameAt(at))).isEqualTo(stock.left(stock.frameAt(at)));
    }
  }
}
