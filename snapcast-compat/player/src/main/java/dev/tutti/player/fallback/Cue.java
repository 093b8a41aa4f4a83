package dev.tutti.player.fallback;

import dev.tutti.audio.dsp.Fade;
import dev.tutti.player.clock.ClockView;

/**
 * When to cross from one sound to the other. A value; any thread.
 *
 * @param number counts up; what was decoded for another is of no use
 * @param pack whether to the fallback, else to the stream
 * @param epoch of the clock that the instant was read on; negative before a server was heard
 * @param startMicros when the crossing begins to be heard, on the server's clock
 * @param fade counted in microseconds, so that it holds at every rate
 */
public record Cue(int number, boolean pack, int epoch, long startMicros, Fade fade) {
  /** Nothing but the stream. */
  public static final Cue STREAM = new Cue(0, false, 0, Long.MIN_VALUE, Fade.NONE);

  /** Whether its instant was read on a server's clock that has jumped once since. */
  public boolean isBeforeJump(ClockView clock) {
    return epoch >= 0
        && startMicros != Long.MIN_VALUE
        && clock.known()
        && clock.epoch() == epoch + 1;
  }
}
