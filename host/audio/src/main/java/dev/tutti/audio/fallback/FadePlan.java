package dev.tutti.audio.fallback;

import dev.tutti.audio.dsp.Fade;

/**
 * How a stream and its fallback are crossed, both ways.
 *
 * @param lengthMs 0 to 30 000; shortened to what is in hand
 * @param curve equal power for two sounds that have nothing to do with each other
 */
public record FadePlan(int lengthMs, Fade.Curve curve) {
  /** The longest fade. */
  public static final int MAX_MS = 30_000;

  /** Three seconds of equal power. */
  public static final FadePlan DEFAULT = new FadePlan(3000, Fade.Curve.EQUAL_POWER);

  public FadePlan {
    if (lengthMs < 0 || lengthMs > MAX_MS) {
      throw new IllegalArgumentException("a fade takes 0 to 30000 ms, not " + lengthMs);
    }
  }

  /** The fade, at a sample rate. */
  public Fade at(int rate) {
    return Fade.ofMillis(lengthMs, rate, curve);
  }

  /**
   * The fade, shortened to what is in hand of the sound that goes.
   *
   * @param framesInHand negative counts as none: a hard cut
   */
  public Fade within(long framesInHand, int rate) {
    Fade whole = at(rate);
    return framesInHand >= whole.frames()
        ? whole
        : new Fade((int) Math.max(0, framesInHand), curve);
  }
}
