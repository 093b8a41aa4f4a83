package dev.tutti.snapcast.protocol;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Type 1003, both ways, an extension: the server puts it behind chunks that are not due yet, the
 * player sends it back at once, so that the server knows how long bytes are on their way and sends
 * no more than the wire takes.
 *
 * @param number which one
 * @param needsMore from the server: whether the route is so uneven that the player should hold more
 *     than there is, as of a live source. One byte more, which players of an earlier version pass
 *     over
 */
public record Mark(int number, boolean needsMore) implements Message {
  public static final int TYPE = FIRST_EXTENSION + 3;

  /** One that says no more than its number. */
  public Mark(int number) {
    this(number, false);
  }

  static Mark decode(ByteBuffer in) throws ProtocolException {
    if (in.remaining() < Integer.BYTES) {
      throw new ProtocolException("Mark has " + in.remaining() + " bytes, not " + Integer.BYTES);
    }
    int number = in.order(ByteOrder.LITTLE_ENDIAN).getInt();
    return new Mark(number, in.hasRemaining() && in.get() != 0);
  }

  @Override
  public int type() {
    return TYPE;
  }

  @Override
  public byte[] payload() {
    ByteBuffer out =
        ByteBuffer.allocate(needsMore ? Integer.BYTES + 1 : Integer.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(number);
    return needsMore ? out.put((byte) 1).array() : out.array();
  }
}
