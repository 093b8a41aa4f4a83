package dev.tutti.snapcast.protocol;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Cuts a byte stream into messages. Keeps at most one incomplete message, and only as much memory
 * as has arrived of it; nothing between messages. Used by one thread.
 */
public final class FrameParser {
  /** Takes messages as they become complete. */
  @FunctionalInterface
  public interface Sink {
    /**
     * @param header of the message
     * @param payload its bytes between position and limit, little endian; valid during the call
     */
    void frame(BaseHeader header, ByteBuffer payload) throws ProtocolException;
  }

  private static final ByteBuffer NONE = ByteBuffer.allocate(0);
  private static final int FIRST_CAPACITY = 512;

  private final int maxKeptBytes;
  private ByteBuffer kept = NONE;
  private long skipBytes;

  /**
   * @param maxKeptBytes longest payload that is wanted; longer ones (up to the protocol's limit)
   *     end in an exception, so that a peer cannot make us hold what no real peer sends
   */
  public FrameParser(int maxKeptBytes) {
    this.maxKeptBytes = maxKeptBytes;
  }

  /**
   * Consumes all bytes of the buffer, passing on each message that is complete.
   *
   * @throws ProtocolException from the bytes or from the sink; the parser is of no more use
   */
  public void feed(ByteBuffer in, Sink sink) throws ProtocolException {
    while (in.hasRemaining()) {
      if (skipBytes > 0) {
        int skipped = (int) Math.min(skipBytes, in.remaining());
        in.position(in.position() + skipped);
        skipBytes -= skipped;
      } else if (kept.position() > 0 || !whole(in, sink)) {
        gather(in, sink);
      }
    }
  }

  /** Passes on a message that lies complete in the buffer, without copying. */
  private boolean whole(ByteBuffer in, Sink sink) throws ProtocolException {
    if (in.remaining() < BaseHeader.BYTES) {
      return false;
    }
    int start = in.position();
    BaseHeader header = header(in);
    if (skipBytes > 0) {
      return true;
    }
    if (in.remaining() < header.size()) {
      in.position(start);
      return false;
    }
    ByteBuffer payload = in.slice(in.position(), header.size()).order(ByteOrder.LITTLE_ENDIAN);
    in.position(in.position() + header.size());
    sink.frame(header, payload);
    return true;
  }

  /** Adds to the incomplete message, and passes it on once it is complete. */
  private void gather(ByteBuffer in, Sink sink) throws ProtocolException {
    if (!fill(in, BaseHeader.BYTES)) {
      return;
    }
    ByteBuffer view = kept.duplicate().flip();
    BaseHeader header = header(view);
    if (skipBytes > 0) {
      kept = NONE;
      return;
    }
    if (!fill(in, BaseHeader.BYTES + header.size())) {
      return;
    }
    ByteBuffer payload = kept.slice(BaseHeader.BYTES, header.size());
    kept = NONE;
    sink.frame(header, payload.order(ByteOrder.LITTLE_ENDIAN));
  }

  private BaseHeader header(ByteBuffer in) throws ProtocolException {
    BaseHeader header = BaseHeader.decode(in);
    if (header.type() == Ignored.BASE || header.type() == Ignored.STREAM_TAGS) {
      skipBytes = header.size();
    } else if (header.size() > maxKeptBytes) {
      throw new ProtocolException(
          "message of type "
              + header.type()
              + " with "
              + header.size()
              + " bytes, more than the "
              + maxKeptBytes
              + " that are accepted");
    }
    return header;
  }

  /** Fills up to a length; false if the input ended before. */
  private boolean fill(ByteBuffer in, int length) {
    int missing = length - kept.position();
    int now = Math.min(missing, in.remaining());
    if (now > 0) {
      ensure(kept.position() + now);
      kept.put(kept.position(), in, in.position(), now).position(kept.position() + now);
      in.position(in.position() + now);
    }
    return now == missing || missing <= 0;
  }

  private void ensure(int capacity) {
    if (kept.capacity() < capacity) {
      int grown = Math.max(capacity, Math.max(FIRST_CAPACITY, kept.capacity() * 2));
      kept = ByteBuffer.allocate(grown).put(kept.flip());
    }
  }
}
