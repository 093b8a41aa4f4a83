package dev.tutti.snapcast.protocol;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Type 2, server to client: a piece of encoded audio.
 *
 * @param timestampMicros on the server clock; heard at this instant plus the client's bufferMs
 * @param data one or more whole codec frames, between position and limit; read only, a view of what
 *     it was decoded from
 */
public record WireChunk(long timestampMicros, ByteBuffer data) implements Message {
  public static final int TYPE = 2;

  /** Bytes before the audio: header, timestamp, length. */
  public static final int HEAD_BYTES = BaseHeader.BYTES + 12;

  static WireChunk decode(ByteBuffer in) throws ProtocolException {
    Fields.need(in, 12, "WireChunk");
    long timestamp = BaseHeader.getTime(in);
    return new WireChunk(timestamp, Fields.bytes(in, "WireChunk"));
  }

  /** Writes what goes before the audio, without allocating. */
  public static void putHead(
      ByteBuffer out, long sentMicros, long timestampMicros, int audioBytes) {
    BaseHeader.put(out, TYPE, 0, 0, sentMicros, sentMicros, 12 + audioBytes);
    BaseHeader.putTime(out, timestampMicros);
    out.putInt(audioBytes);
  }

  @Override
  public int type() {
    return TYPE;
  }

  @Override
  public byte[] payload() {
    ByteBuffer out = ByteBuffer.allocate(12 + data.remaining()).order(ByteOrder.LITTLE_ENDIAN);
    BaseHeader.putTime(out, timestampMicros);
    out.putInt(data.remaining()).put(data.duplicate());
    return out.array();
  }
}
