package dev.tutti.snapcast.server;

import dev.tutti.snapcast.protocol.BaseHeader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Cuts what a session writes into its messages: several may lie in one buffer, and one in several.
 * Used by one thread.
 */
final class FrameCutter {
  private static final int SIZE_AT = 22;

  private ByteBuffer[] buffers = new ByteBuffer[0];
  private int count;
  private int at;

  /** Whole messages in the first {@code count} buffers; a header is never split. */
  void begin(ByteBuffer[] buffers, int count) {
    this.buffers = buffers;
    this.count = count;
    at = 0;
  }

  boolean hasNext() {
    while (at < count && !buffers[at].hasRemaining()) {
      at++;
    }
    return at < count;
  }

  /** The next message, moving the buffers' positions behind it. */
  byte[] next() {
    ByteBuffer head = buffers[at];
    int size = head.order(ByteOrder.LITTLE_ENDIAN).getInt(head.position() + SIZE_AT);
    byte[] message = new byte[BaseHeader.BYTES + size];
    int filled = 0;
    while (filled < message.length) {
      ByteBuffer buffer = buffers[at];
      int part = Math.min(buffer.remaining(), message.length - filled);
      buffer.get(message, filled, part);
      filled += part;
      if (filled < message.length) {
        at++;
      }
    }
    return message;
  }
}
