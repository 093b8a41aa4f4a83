package dev.tutti.audio.fallback;

import dev.tutti.audio.dsp.Fade;

/**
 * When a player that gets nothing more leaves its stream, and when it may come back. Instants are
 * computed from the end of the data and never polled, so that players that hold the same end leave
 * on the same frame. A value; any thread.
 *
 * @param thresholdMicros leave when so little is in hand; half the depth if that is less
 * @param fade how to cross
 */
public record SwitchRule(long thresholdMicros, FadePlan fade) {
  private static final long SECOND = 1_000_000;

  /** So much must be in hand to come back; half the depth if that is less. */
  private static final long ENOUGH = 20 * SECOND;

  /** At 10 s, over 3 s. */
  public static final SwitchRule DEFAULT = new SwitchRule(10 * SECOND, FadePlan.DEFAULT);

  public SwitchRule {
    if (thresholdMicros < 0 || thresholdMicros > 600 * SECOND) {
      throw new IllegalArgumentException("a threshold is 0 to 600 s, not " + thresholdMicros);
    }
  }

  /**
   * A change from one sound to the other.
   *
   * @param startMicros when it begins
   * @param fade complete before the data of the sound that goes end
   */
  public record Crossing(long startMicros, Fade fade) {}

  /** How much is in hand when the player leaves, with a buffer of some depth. */
  public long triggerMicros(long depthMicros) {
    return Math.min(thresholdMicros, depthMicros / 2);
  }

  /** How much must be in hand to come back, with a buffer of some depth. */
  public long returnMicros(long depthMicros) {
    return Math.min(ENOUGH, depthMicros / 2);
  }

  /**
   * How to leave a stream whose data end.
   *
   * @param endMicros when its last frame is over
   * @param depthMicros how deep the buffer is when it is full
   * @param soonestMicros before this nothing can be changed any more
   */
  public Crossing leave(long endMicros, long depthMicros, long soonestMicros, int rate) {
    long start = Math.max(endMicros - triggerMicros(depthMicros), soonestMicros);
    return cross(start, endMicros, rate);
  }

  /**
   * How to leave at once, because something else says so, such as the connection.
   *
   * @param startMicros from when on
   * @param endMicros when the data in hand are over
   */
  public Crossing cross(long startMicros, long endMicros, int rate) {
    long inHand = Math.clamp(endMicros - startMicros, 0, FadePlan.MAX_MS * 1000L);
    return new Crossing(startMicros, fade.within(inHand * rate / SECOND, rate));
  }
}
