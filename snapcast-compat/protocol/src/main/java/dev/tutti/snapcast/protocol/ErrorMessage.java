package dev.tutti.snapcast.protocol;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Type 8, server to client: why the server will not serve. Only for clients of version 0.32 and
 * later; it makes older ones reconnect for ever.
 *
 * @param code 401 or 403
 * @param error {@code Unauthorized}, {@code Forbidden}
 * @param message the detail
 */
public record ErrorMessage(int code, String error, String message) implements Message {
  public static final int TYPE = 8;

  private static final int MAX_TEXT = 16_384;

  static ErrorMessage decode(ByteBuffer in) throws ProtocolException {
    Fields.need(in, 4, "Error");
    return new ErrorMessage(
        in.getInt(), Fields.text(in, "error", MAX_TEXT), Fields.text(in, "message", MAX_TEXT));
  }

  @Override
  public int type() {
    return TYPE;
  }

  @Override
  public byte[] payload() {
    byte[] first = error.getBytes(StandardCharsets.UTF_8);
    byte[] second = message.getBytes(StandardCharsets.UTF_8);
    ByteBuffer out =
        ByteBuffer.allocate(12 + first.length + second.length).order(ByteOrder.LITTLE_ENDIAN);
    out.putInt(code).putInt(first.length).put(first).putInt(second.length).put(second);
    return out.array();
  }
}
