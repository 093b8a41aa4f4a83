package dev.tutti.snapcast.protocol;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A message without its header. One record per type; what we have no use for is {@link Ignored}.
 */
public sealed interface Message
    permits CodecHeader,
        WireChunk,
        ServerSettings,
        Time,
        Hello,
        ClientInfo,
        ErrorMessage,
        Report,
        Replace,
        Mark,
        Ignored {
  /** The highest type that Snapcast knows; on TCP a higher one ends the connection. */
  int HIGHEST_TYPE = 8;

  /**
   * Types from here on are Tutti's own, far from any that Snapcast may still invent. They may only
   * be sent to a peer that announced that it knows them: see {@link PlayerExtension}.
   */
  int FIRST_EXTENSION = 1000;

  /** The number in the header. */
  int type();

  /** The bytes after the header, little endian. A new array. */
  byte[] payload();

  /**
   * Reads a payload.
   *
   * @param type from the header
   * @param payload the message's bytes between position and limit; consumed. Buffers in the result
   *     are views of it
   * @throws ProtocolException if the bytes do not make a message of that type, or Snapcast has no
   *     such type
   */
  static Message decode(int type, ByteBuffer payload) throws ProtocolException {
    ByteBuffer in = payload.order(ByteOrder.LITTLE_ENDIAN);
    return switch (type) {
      case CodecHeader.TYPE -> CodecHeader.decode(in);
      case WireChunk.TYPE -> WireChunk.decode(in);
      case ServerSettings.TYPE -> ServerSettings.decode(in);
      case Time.TYPE -> Time.decode(in);
      case Hello.TYPE -> Hello.decode(in);
      case ClientInfo.TYPE -> ClientInfo.decode(in);
      case ErrorMessage.TYPE -> ErrorMessage.decode(in);
      case Report.TYPE -> Report.decode(in);
      case Replace.TYPE -> Replace.decode(in);
      case Mark.TYPE -> Mark.decode(in);
      case Ignored.BASE, Ignored.STREAM_TAGS -> new Ignored(type);
      default -> throw new ProtocolException("unknown message type " + type);
    };
  }

  /**
   * The message with its header, ready to be sent: position 0, limit at its end.
   *
   * @param receivedMicros see {@link BaseHeader}; about the creation time for all but Time replies
   */
  default ByteBuffer frame(int id, int refersTo, long sentMicros, long receivedMicros) {
    byte[] payload = payload();
    ByteBuffer out = ByteBuffer.allocate(BaseHeader.BYTES + payload.length);
    BaseHeader.put(out, type(), id, refersTo, sentMicros, receivedMicros, payload.length);
    return out.put(payload).flip();
  }
}
