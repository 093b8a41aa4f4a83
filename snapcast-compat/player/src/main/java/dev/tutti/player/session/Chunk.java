package dev.tutti.player.session;

/**
 * A piece of encoded audio in hand.
 *
 * @param head which stream it belongs to; chunks of one stream share one object
 * @param epoch of the clock that its timestamp was read on, see {@link
 *     dev.tutti.player.clock.ClockView#epoch}
 * @param edition what it replaces
 * @param timestampMicros on the server's clock; heard at this instant plus the buffer
 * @param data one or more whole codec frames; read only. Empty where sound ends on purpose
 */
public record Chunk(
    StreamHead head, int epoch, Edition edition, long timestampMicros, byte[] data) {
  /** One that replaces nothing. */
  public Chunk(StreamHead head, int epoch, long timestampMicros, byte[] data) {
    this(head, epoch, Edition.FIRST, timestampMicros, data);
  }

  /** The same as counted by another clock. */
  Chunk at(int newEpoch) {
    return new Chunk(head, newEpoch, edition, timestampMicros, data);
  }
}
