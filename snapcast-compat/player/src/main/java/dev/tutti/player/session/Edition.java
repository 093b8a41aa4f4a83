package dev.tutti.player.session;

/**
 * Sound that takes the place of sound that was in hand. Chunks of the first one have none.
 *
 * @param number counts up
 * @param fromMicros the timestamp from which it is to be heard; what of its chunks lies before is
 *     for the decoder only
 */
public record Edition(int number, long fromMicros) {
  /** What nothing was replaced by. */
  public static final Edition FIRST = new Edition(0, Long.MIN_VALUE);
}
