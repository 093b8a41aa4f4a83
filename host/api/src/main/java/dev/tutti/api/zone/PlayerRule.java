package dev.tutti.api.zone;

import java.time.Duration;
import java.util.OptionalInt;

/**
 * What the configuration says of players of a kind, as far as it is not the zones' own business.
 *
 * @param bufferMs from capture to being heard; empty for the host's
 * @param maxBufferMs more than this fits into no such player; empty for no limit
 * @param ramp how long the volume of one that was never seen before takes to its initial value
 */
public record PlayerRule(OptionalInt bufferMs, OptionalInt maxBufferMs, Duration ramp) {
  /** Nothing is said. */
  public static final PlayerRule NONE =
      new PlayerRule(OptionalInt.empty(), OptionalInt.empty(), Duration.ZERO);

  /**
   * @param standardMs what players of which nothing is said have
   */
  public int bufferMs(int standardMs) {
    return Math.min(bufferMs.orElse(standardMs), maxBufferMs.orElse(Integer.MAX_VALUE));
  }
}
