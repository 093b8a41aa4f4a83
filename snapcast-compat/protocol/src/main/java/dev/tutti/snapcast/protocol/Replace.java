package dev.tutti.snapcast.protocol;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Type 1002, server to player, an extension: what the player was sent for an instant and later is
 * not to be heard any more. The chunks that follow this message take its place. They may begin
 * before that instant: a decoder then hears how the sound came there, and nobody else.
 *
 * @param timestampMicros the instant, counted as timestamps of chunks are
 * @param hush whether the old sound is to end then in any case; otherwise it goes on until the new
 *     is there
 */
public record Replace(long timestampMicros, boolean hush) implements Message {
  public static final int TYPE = FIRST_EXTENSION + 2;

  private static final int BYTES = Long.BYTES + 1;

  static Replace decode(ByteBuffer in) throws ProtocolException {
    if (in.remaining() < BYTES) {
      throw new ProtocolException("Replace has " + in.remaining() + " bytes, not " + BYTES);
    }
    in.order(ByteOrder.LITTLE_ENDIAN);
    return new Replace(in.getLong(), in.get() != 0);
  }

  @Override
  public int type() {
    return TYPE;
  }

  @Override
  public byte[] payload() {
    return ByteBuffer.allocate(BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(timestampMicros)
        .put((byte) (hush ? 1 : 0))
        .array();
  }
}
