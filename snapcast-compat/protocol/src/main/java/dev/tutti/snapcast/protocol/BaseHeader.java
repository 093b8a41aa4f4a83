package dev.tutti.snapcast.protocol;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The 26 bytes before every message.
 *
 * @param type what follows, see {@link Message#type}; 0 to 65535
 * @param id chosen by the one who asks; 0 for what was not asked for
 * @param refersTo in a reply the id of the request, else 0
 * @param sentMicros the sender's clock when the message left
 * @param receivedMicros in a Time reply the server's clock when the request arrived; of no meaning
 *     elsewhere
 * @param size bytes that follow the header
 */
public record BaseHeader(
    int type, int id, int refersTo, long sentMicros, long receivedMicros, int size) {
  /** Bytes of a header. */
  public static final int BYTES = 26;

  /** A peer that announces a longer payload than this is not to be believed. */
  public static final int MAX_SIZE = 1_000_000;

  /** Writes the header at the buffer's position. The buffer's order does not matter. */
  public void encode(ByteBuffer out) {
    put(out, type, id, refersTo, sentMicros, receivedMicros, size);
  }

  /** As {@link #encode}, without an object: for the paths that must not allocate. */
  public static void put(
      ByteBuffer out,
      int type,
      int id,
      int refersTo,
      long sentMicros,
      long receivedMicros,
      int size) {
    out.order(ByteOrder.LITTLE_ENDIAN);
    out.putShort((short) type).putShort((short) id).putShort((short) refersTo);
    putTime(out, sentMicros);
    putTime(out, receivedMicros);
    out.putInt(size);
  }

  /**
   * Reads a header from the buffer's position, which must have {@link #BYTES} remaining.
   *
   * @throws ProtocolException if the announced size is above {@link #MAX_SIZE}
   */
  public static BaseHeader decode(ByteBuffer in) throws ProtocolException {
    in.order(ByteOrder.LITTLE_ENDIAN);
    int type = Short.toUnsignedInt(in.getShort());
    int id = Short.toUnsignedInt(in.getShort());
    int refersTo = Short.toUnsignedInt(in.getShort());
    long sent = getTime(in);
    long received = getTime(in);
    long size = Integer.toUnsignedLong(in.getInt());
    if (size > MAX_SIZE) {
      throw new ProtocolException(
          "announces " + size + " bytes, more than the protocol's " + MAX_SIZE);
    }
    return new BaseHeader(type, id, refersTo, sent, received, (int) size);
  }

  /** A time as seconds and microseconds, the latter never negative (floor semantics). */
  static void putTime(ByteBuffer out, long micros) {
    out.putInt((int) Math.floorDiv(micros, 1_000_000L));
    out.putInt((int) Math.floorMod(micros, 1_000_000L));
  }

  static long getTime(ByteBuffer in) {
    long seconds = in.getInt();
    return seconds * 1_000_000L + in.getInt();
  }
}
