package dev.tutti.player.session;

/**
 * A piece of encoded audio in hand.
 *
 * @param head which stream it belongs to; chunks of one stream share one object
 * @param epoch of the clock that its timestamp was read on, see {@link
 *     dev.tutti.player.clock.ClockView#epoch}
 * @param timestampMicros on the server's clock; heard at this instant plus the buffer
 * @param data one or more whole codec frames; read only
 */
public record Chunk(StreamHead head, int epoch, long timestampMicros, byte[] data) {}
