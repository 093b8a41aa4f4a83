package dev.tutti.snapcast.protocol;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Type 4, both ways: one exchange of clocks.
 *
 * @param latencyMicros in a reply: the server's clock at arrival of the request minus the client's
 *     clock when it left, whatever sign; of no meaning in a request
 */
public record Time(long latencyMicros) implements Message {
  public static final int TYPE = 4;

  /** Bytes of a Time message with its header. */
  public static final int FRAME_BYTES = BaseHeader.BYTES + 8;

  static Time decode(ByteBuffer in) throws ProtocolException {
    Fields.need(in, 8, "Time");
    return new Time(BaseHeader.getTime(in));
  }

  /**
   * Writes a whole reply, header included, without allocating.
   *
   * @param requestId the id of the request, which is both id and refersTo of the reply
   * @param requestSentMicros the client's clock in the request's header
   * @param receivedMicros the server's clock when the request arrived
   * @param sentMicros the server's clock now: take it right before the bytes leave
   */
  public static void putReply(
      ByteBuffer out, int requestId, long requestSentMicros, long receivedMicros, long sentMicros) {
    BaseHeader.put(out, TYPE, requestId, requestId, sentMicros, receivedMicros, 8);
    BaseHeader.putTime(out, receivedMicros - requestSentMicros);
  }

  @Override
  public int type() {
    return TYPE;
  }

  @Override
  public byte[] payload() {
    ByteBuffer out = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    BaseHeader.putTime(out, latencyMicros);
    return out.array();
  }
}
