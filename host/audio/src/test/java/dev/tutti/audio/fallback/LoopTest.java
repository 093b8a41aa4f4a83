package dev.tutti.audio.fallback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code (clock − anchor) mod length}, exactly (design: never silent). */
class LoopTest {
  private static final long YEAR = 365L * 24 * 3600 * 1_000_000;

  @Test
  void frameZeroSoundsAtTheAnchorAndAfterEveryRound() {
    Loop loop = new Loop(5_000, 48_000, 96_000);

    assertThat(loop.frameAt(5_000)).isZero();
    assertThat(loop.frameAt(5_000 + 1_999_999)).isEqualTo(95_999);
    assertThat(loop.frameAt(5_000 + 2_000_000)).isZero();
    assertThat(loop.frameAt(5_000 - 1)).as("just before the anchor").isEqualTo(95_999);
  }

  @ParameterizedTest
  @ValueSource(ints = {8_000, 11_025, 44_100, 48_000, 192_000, 384_000})
  void aThousandYearsLaterItIsStillExact(int rate) {
    Random random = new Random(rate);
    for (int i = 0; i < 2_000; i++) {
      long anchor = random.nextLong(-YEAR, YEAR);
      long clock = anchor + random.nextLong(-1_000 * YEAR, 1_000 * YEAR);
      Loop loop = new Loop(anchor, rate, random.nextLong(1, PackManifest.MAX_FRAMES));

      BigInteger million = BigInteger.valueOf(1_000_000);
      BigInteger product = BigInteger.valueOf(clock - anchor).multiply(BigInteger.valueOf(rate));
      BigInteger rest = product.mod(million);
      BigInteger count = product.subtract(rest).divide(million);

      assertThat(loop.countAt(clock)).isEqualTo(count.longValueExact());
      assertThat(loop.frameAt(clock))
          .isEqualTo(count.mod(BigInteger.valueOf(loop.frames())).longValueExact());
      assertThat(loop.phaseAt(clock)).isEqualTo(rest.doubleValue() / 1e6);
    }
  }

  @Test
  void theInstantOfACountLeadsBackToIt() {
    Random random = new Random(7);
    for (int i = 0; i < 5_000; i++) {
      Loop loop = new Loop(random.nextLong(-YEAR, YEAR), 44_100, 1 + random.nextInt(1 << 30));
      long count = random.nextLong(-1L << 48, 1L << 48);

      assertThat(loop.countAt(loop.timeOf(count))).isEqualTo(count);
      assertThat(loop.countAt(loop.timeOf(count) - 1)).isEqualTo(count - 1);
    }
  }

  @Test
  void aPieceEndsWhereThePackBeginsAnew() {
    Loop loop = new Loop(0, 48_000, 1_000);

    assertThat(loop.untilWrap(0)).isEqualTo(1_000);
    assertThat(loop.untilWrap(1_999)).isEqualTo(1);
    assertThat(loop.untilWrap(-1)).isEqualTo(1);
    assertThat(loop.roundOf(1_999)).isEqualTo(1);
    assertThat(loop.roundOf(-1)).isEqualTo(-1);
  }

  @Test
  void theNextTimeOfAFrameLiesWithinOneRound() {
    Random random = new Random(3);
    Loop loop = new Loop(17, 44_100, 12_345);
    for (int i = 0; i < 5_000; i++) {
      long from = random.nextLong(-YEAR, YEAR);
      long frame = random.nextLong(loop.frames());
      long at = loop.nextTimeOf(frame, from);

      assertThat(loop.frameAt(at)).isEqualTo(frame);
      assertThat(at - from).isBetween(0L, 12_345L * 1_000_000 / 44_100 + 1);
    }
  }

  @Test
  void twoRoomsWithOneClockAreAlwaysAtTheSameFrame() {
    Loop kitchen = new Loop(1_234_567, 48_000, 2_880_001);
    Loop bath = new Loop(1_234_567, 48_000, 2_880_001);

    for (long clock = 0; clock < 10 * YEAR; clock += YEAR / 97) {
      assertThat(kitchen.frameAt(clock)).isEqualTo(bath.frameAt(clock));
    }
  }

  @Test
  void whatIsNoLoopIsRefused() {
    assertThatThrownBy(() -> new Loop(0, 48_000, 0)).hasMessageContaining("at least 1 frame");
    assertThatThrownBy(() -> new Loop(0, 7, 1)).hasMessageContaining("sample rate");
    assertThatThrownBy(() -> new Loop(Long.MAX_VALUE, 48_000, 1)).hasMessageContaining("anchor");
  }
}
