package dev.tutti.player.fallback;

import dev.tutti.player.clock.ClockView;

/**
 * What the switch decides by. Instants without a note are microseconds of our clock.
 *
 * @param connected whether a server serves us
 * @param servedAtMicros since when, if one does
 * @param heardAtMicros when it last said anything
 * @param soundAtMicros when it last sent sound, of use or not
 * @param endMicros when the sound in hand is over, on the server's clock; {@link #NOTHING} if none
 *     ever was
 * @param broken whether it goes on later, but a piece of it was lost while the server was away
 * @param bufferMicros what every server sends ahead
 * @param depthMicros how long before it is heard sound is asked for; 0 for when it is due
 * @param leadMicros so long before it is heard a change must be known
 * @param ready whether there is a fallback to play
 * @param clock the server's, as far as it is known
 */
public record Situation(
    boolean connected,
    long servedAtMicros,
    long heardAtMicros,
    long soundAtMicros,
    long endMicros,
    boolean broken,
    long bufferMicros,
    long depthMicros,
    long leadMicros,
    boolean ready,
    ClockView clock) {
  /** No sound ever was in hand. */
  public static final long NOTHING = Long.MIN_VALUE;

  /** How long the sound in hand lasts; negative if it is over. */
  long inHandMicros(long nowMicros) {
    return endMicros == NOTHING || !clock.known()
        ? 0
        : endMicros - Math.round(clock.serverMicros((double) nowMicros));
  }
}
