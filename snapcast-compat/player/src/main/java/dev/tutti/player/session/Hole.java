package dev.tutti.player.session;

import dev.tutti.player.clock.ClockView;

/**
 * Sound that was lost while the server was away: what is in hand ends before it and goes on behind
 * it. A value; any thread.
 *
 * @param epoch of the clock that the timestamps were read on
 * @param fromMicros the timestamp at which the sound ends
 * @param toMicros the timestamp at which it goes on
 */
record Hole(int epoch, long fromMicros, long toMicros) {
  /** Nothing was lost. */
  static final Hole NONE = new Hole(0, Long.MIN_VALUE, Long.MIN_VALUE);

  /** Whether it is not over yet. */
  boolean isAhead(ClockView clock, long bufferMicros, long nowMicros) {
    return toMicros != Long.MIN_VALUE
        && clock.epoch() == epoch
        && clock.serverMicros((double) nowMicros) < toMicros + (double) bufferMicros;
  }
}
