package dev.tutti.player.fallback;

import dev.tutti.audio.fallback.FadePlan;
import dev.tutti.audio.fallback.SwitchRule;
import java.util.Optional;

/**
 * When a player leaves a stream that has failed, and how. A value; any thread.
 *
 * @param thresholdMicros with so little in hand it leaves; with half the buffer if that is less
 * @param checks failed checks, one a second, after which a connection counts as lost
 * @param leavesByChecks whether it leaves then, though a deep buffer has more in hand
 * @param fade how it crosses; empty for what the pack says
 */
public record SwitchPlan(
    long thresholdMicros, int checks, boolean leavesByChecks, Optional<FadePlan> fade) {
  /** At ten seconds, three checks, as the pack says. */
  public static final SwitchPlan DEFAULT =
      new SwitchPlan(SwitchRule.DEFAULT.thresholdMicros(), 3, false, Optional.empty());

  private static final int MAX_CHECKS = 60;

  public SwitchPlan {
    if (checks < 1 || checks > MAX_CHECKS) {
      throw new IllegalArgumentException(
          "a connection is lost after 1 to " + MAX_CHECKS + " failed checks, not " + checks);
    }
  }

  /** With the fade of a pack, unless another is wanted. */
  SwitchRule rule(FadePlan ofPack) {
    return new SwitchRule(thresholdMicros, fade.orElse(ofPack));
  }
}
