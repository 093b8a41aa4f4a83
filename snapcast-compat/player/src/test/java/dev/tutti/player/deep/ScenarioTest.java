package dev.tutti.player.deep;

import static dev.tutti.player.deep.Ears.assertInStep;
import static dev.tutti.player.deep.Ears.assertSmooth;
import static dev.tutti.player.deep.Ears.firstOfPack;
import static dev.tutti.player.deep.Ears.firstOfStream;
import static dev.tutti.player.deep.Ears.isPack;
import static dev.tutti.player.deep.Ears.isStream;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tutti.player.fallback.Mode;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is to happen in which second of which outage (S0-60, S0-62 to S0-66). */
class ScenarioTest {
  private static final long SECOND = 1_000_000;
  private static final int DEEP = 60_000;

  /** Half a second is in hand with the deep buffer off, so that is how long the fade is. */
  private static final int SHORT_FADE = 20;

  private final Room room = new Room("pcm");

  private Listener player(int depthMs) {
    return room.listener("a", depthMs).has(Counted.sound());
  }

  /** The server is gone for a while, when all is well; answers when it went. */
  private long outage(double before, double seconds) {
    room.run(before);
    long lost = room.now();
    room.kill();
    room.run(seconds);
    room.start();
    return lost;
  }

  @Test
  void s0_60_sentOnceAndReceivedLaterHereThanThereItIsHeardASecondLaterInBothRooms() {
    Listener near = room.listener("near", 0, 100e6, 49_000);
    Listener far = room.listener("far", 0, 100e6, 79_000);
    room.run(10);
    int rate = Program.FORMAT.rate();
    for (long back = 1; back <= 4; back++) {
      // What the program has at this instant was sent a second before it.
      long at = room.now() - back * SECOND;
      long frame = at / Program.BLOCK * (Program.BLOCK * rate / SECOND);
      long sounds = frame * SECOND / rate;
      assertThat(near.left(near.frameAt(sounds))).isEqualTo(Program.left(frame));
      assertThat(far.left(far.frameAt(sounds))).isEqualTo(Program.left(frame));
    }
  }

  @Test
  void s0_62_lostInTheFifthSecondItPlaysTheFallbackByTheNinthAndReturnsWhenTheServerIsTrusted() {
    Listener player = player(0);
    long lost = outage(5, 25);
    room.run(20);
    assertThat(player.soundsAt(firstOfPack(player, lost)) - lost).isLessThan(4 * SECOND);
    long back = lost + 25 * SECOND;
    double resumed = player.soundsAt(firstOfStream(player, back));
    // The player connects again within three seconds, and five more it looks at the connection.
    assertThat(resumed - back).isBetween(5.0 * SECOND, 8.5 * SECOND);
    assertThat(isPack(player, back + 4 * SECOND)).isTrue();
    assertThat(isStream(player, room.now() - SECOND)).isTrue();
    assertSmooth(player, lost - SECOND, room.now() - SECOND, SHORT_FADE);
  }

  @ParameterizedTest
  @ValueSource(ints = {6_050, 6_300, 7_000, 11_000})
  void s0_63_aBlipIsUnheard(int depthMs) {
    Listener deep = player(depthMs);
    room.run(15);
    long from = room.now();
    for (int i = 0; i < 6; i++) {
      room.kill();
      room.run(2.99);
      room.start();
      room.run(7 + 0.17 * i);
    }
    assertThat(deep.chooser.switches()).isZero();
    assertSmooth(deep, from, room.now() - SECOND);
  }

  @Test
  void s0_64_goneForThreeToTenSecondsItCrossesToTheFallbackAndBack() {
    Listener player = player(0);
    long lost = outage(10, 8);
    room.run(12);
    assertSmooth(player, lost - SECOND, room.now() - SECOND, SHORT_FADE);
    assertThat(player.chooser.switches()).isEqualTo(1);
    assertThat(isPack(player, lost + 4 * SECOND)).isTrue();
    assertThat(isStream(player, room.now() - SECOND)).isTrue();
  }

  @Test
  void s0_65_goneForLongerItPlaysTheFallbackUntilTheConnectionIsStable() {
    Listener player = player(0);
    long lost = outage(10, 30);
    // It comes and goes, never for five seconds.
    for (int i = 0; i < 3; i++) {
      room.run(4);
      room.kill();
      room.run(2);
      room.start();
    }
    assertThat(player.chooser.mode()).isEqualTo(Mode.FALLBACK);
    room.run(15);
    assertThat(player.chooser.switches()).isEqualTo(1);
    assertThat(isStream(player, room.now() - SECOND)).isTrue();
    assertSmooth(player, lost - SECOND, room.now() - SECOND, SHORT_FADE);
  }

  @ParameterizedTest
  @ValueSource(doubles = {8, 25, 45})
  void s0_62_64_65_withTheDeepBufferTheSameOutagesAreInaudible(double seconds) {
    Listener deep = player(DEEP);
    long lost = outage(70, seconds);
    room.run(20);
    assertThat(deep.chooser.switches()).isZero();
    int broken = -1;
    for (int frame = deep.frameAt(lost); frame < deep.frameAt(room.now() - SECOND); frame++) {
      int step = deep.left(frame + 1) - deep.left(frame);
      boolean goesOn = deep.version(frame) == 0 && (step == 1 || step == 1 - 30_000);
      broken = goesOn || broken >= 0 ? broken : frame;
    }
    assertThat(broken).as("the first frame that is not the next one").isNegative();
  }

  @Test
  void s0_66_aPermanentLossIsTheFallbackForEverAndCostsNoMoreMemoryWithTime() {
    Listener deep = player(10_000);
    room.run(15);
    room.kill();
    room.run(60);
    long before = usedBytes() - deep.recordedBytes();
    room.run(600);
    long after = usedBytes() - deep.recordedBytes();
    assertInStep(deep, deep.frames() - 24_000 * 60, deep.frames() - 100);
    assertThat(deep.chooser.inFallbackMicros()).isGreaterThan(640 * SECOND);
    // What a leak of 24 bytes for each of 60 000 requests of the device would be.
    assertThat(after - before).isLessThan(60_000 * 24);
  }

  private static long usedBytes() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
