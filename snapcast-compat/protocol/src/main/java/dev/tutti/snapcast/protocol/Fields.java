package dev.tutti.snapcast.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Length-prefixed fields of a payload, each checked against what is there. */
final class Fields {
  private Fields() {}

  static void need(ByteBuffer in, int bytes, String what) throws ProtocolException {
    if (in.remaining() < bytes) {
      throw new ProtocolException(
          what + " ends after " + in.remaining() + " of at least " + bytes + " bytes");
    }
  }

  /** A u32 length and as many bytes; a view. Consumes them. */
  static ByteBuffer bytes(ByteBuffer in, String what) throws ProtocolException {
    int length = length(in, what);
    ByteBuffer view = in.slice(in.position(), length).asReadOnlyBuffer();
    in.position(in.position() + length);
    return view;
  }

  /**
   * A u32 length and as many bytes of UTF-8. What is not UTF-8 becomes the replacement character.
   */
  static String text(ByteBuffer in, String what, int maxBytes) throws ProtocolException {
    int length = length(in, what);
    if (length > maxBytes) {
      throw new ProtocolException(what + " has " + length + " bytes, more than " + maxBytes);
    }
    byte[] bytes = new byte[length];
    in.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static int length(ByteBuffer in, String what) throws ProtocolException {
    need(in, 4, what);
    long length = Integer.toUnsignedLong(in.getInt());
    if (length > in.remaining()) {
      throw new ProtocolException(
          what + " says " + length + " bytes, but only " + in.remaining() + " follow");
    }
    return (int) length;
  }
}
