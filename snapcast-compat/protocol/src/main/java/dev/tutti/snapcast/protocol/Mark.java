package dev.tutti.snapcast.protocol;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Type 1003, both ways, an extension: the server puts it behind chunks that are not due yet, the
 * player sends it back at once, so that the server knows how long bytes are on their way and sends
 * no more than the wire takes.
 *
 * @param number which one
 */
public record Mark(int number) implements Message {
  public static final int TYPE = FIRST_EXTENSION + 3;

  static Mark decode(ByteBuffer in) throws ProtocolException {
    if (in.remaining() < Integer.BYTES) {
      throw new ProtocolException("Mark has " + in.remaining() + " bytes, not " + Integer.BYTES);
    }
    return new Mark(in.order(ByteOrder.LITTLE_ENDIAN).getInt());
  }

  @Override
  public int type() {
    return TYPE;
  }

  @Override
  public byte[] payload() {
    return ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(number).array();
  }
}
