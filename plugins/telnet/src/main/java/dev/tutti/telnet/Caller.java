package dev.tutti.telnet;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/** One caller's connection. Used by the door's thread. */
final class Caller {
  private static final System.Logger LOG = System.getLogger(Caller.class.getName());

  private final SocketChannel channel;
  private final SelectionKey key;
  private final Conversation conversation;
  private ByteBuffer out = ByteBuffer.allocate(0);
  private long lastAnsweredMicros;

  Caller(SocketChannel channel, SelectionKey key, Conversation conversation, long nowMicros) {
    this.channel = channel;
    this.key = key;
    this.conversation = conversation;
    this.lastAnsweredMicros = nowMicros;
  }

  /** When something was last said to it, or it came. */
  long lastAnsweredMicros() {
    return lastAnsweredMicros;
  }

  /**
   * Answers what has come, or sends the rest of the last answer: until that is taken, nothing more
   * is heard.
   *
   * @param in to read into; what was in it is lost
   */
  void serve(ByteBuffer in, long nowMicros) {
    try {
      if (!goesOn(in, nowMicros)) {
        hangUp();
      }
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "a caller has gone: {0}", e.getMessage());
      hangUp();
    }
  }

  private boolean goesOn(ByteBuffer in, long nowMicros) throws IOException {
    if (!out.hasRemaining()) {
      if (channel.read(in.clear()) < 0) {
        return false;
      }
      out = ByteBuffer.wrap(conversation.hear(in.flip()));
      lastAnsweredMicros = out.hasRemaining() ? nowMicros : lastAnsweredMicros;
    }
    channel.write(out);
    key.interestOps(out.hasRemaining() ? SelectionKey.OP_WRITE : SelectionKey.OP_READ);
    return out.hasRemaining() || !conversation.over();
  }

  /** Ends the connection. */
  void hangUp() {
    try {
      channel.close();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "a connection did not close: {0}", e.getMessage());
    }
  }
}
