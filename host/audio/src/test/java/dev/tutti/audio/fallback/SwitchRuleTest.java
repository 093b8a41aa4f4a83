package dev.tutti.audio.fallback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tutti.audio.dsp.Fade;
import dev.tutti.audio.fallback.SwitchRule.Crossing;
import org.junit.jupiter.api.Test;

/** When to leave and how to cross (S0-2, S0-4, S0-64). */
class SwitchRuleTest {
  private static final long SECOND = 1_000_000;
  private static final int RATE = 48_000;
  private final SwitchRule rule = SwitchRule.DEFAULT;

  @Test
  void leavesAtTenSecondsInHand() {
    Crossing crossing = rule.leave(100 * SECOND, 60 * SECOND, 0, RATE);

    assertThat(crossing.startMicros()).isEqualTo(90 * SECOND);
    assertThat(crossing.fade()).isEqualTo(new Fade(3 * RATE, Fade.Curve.EQUAL_POWER));
  }

  @Test
  void leavesAtHalfTheDepthOfASmallBuffer() {
    Crossing crossing = rule.leave(100 * SECOND, SECOND, 0, RATE);

    assertThat(crossing.startMicros()).isEqualTo(99_500_000);
    assertThat(crossing.fade().frames()).as("no more than is in hand").isEqualTo(RATE / 2);
  }

  @Test
  void whoKnowsLateCrossesInWhatIsLeft() {
    Crossing crossing = rule.leave(100 * SECOND, 60 * SECOND, 99_000_000, RATE);

    assertThat(crossing.startMicros()).isEqualTo(99 * SECOND);
    assertThat(crossing.fade().frames()).isEqualTo(RATE);
  }

  @Test
  void whoKnowsTooLateCutsHard() {
    Crossing crossing = rule.leave(100 * SECOND, 60 * SECOND, 101 * SECOND, RATE);

    assertThat(crossing.fade().frames()).isZero();
  }

  @Test
  void playersWithTheSameEndLeaveOnTheSameInstantWheneverTheyLook() {
    Crossing early = rule.leave(77_123_457, 60 * SECOND, 20 * SECOND, RATE);
    Crossing later = rule.leave(77_123_457, 60 * SECOND, 60 * SECOND, RATE);

    assertThat(early).isEqualTo(later);
  }

  @Test
  void theFadeIsOverBeforeTheDataAre() {
    for (long inHand = 0; inHand < 5 * SECOND; inHand += 12_347) {
      Crossing crossing = rule.cross(0, inHand, 44_100);
      long end = crossing.fade().frames() * SECOND / 44_100;
      assertThat(end).isLessThanOrEqualTo(inHand);
    }
  }

  @Test
  void comesBackWithTwentySecondsInHandOrHalfOfLess() {
    assertThat(rule.returnMicros(60 * SECOND)).isEqualTo(20 * SECOND);
    assertThat(rule.returnMicros(10 * SECOND)).isEqualTo(5 * SECOND);
  }

  @Test
  void aFadeHasLimits() {
    assertThatThrownBy(() -> new FadePlan(-1, Fade.Curve.EQUAL_POWER))
        .hasMessageContaining("0 to 30000");
    assertThatThrownBy(() -> new FadePlan(30_001, Fade.Curve.EQUAL_POWER))
        .hasMessageContaining("0 to 30000");
  }
}
