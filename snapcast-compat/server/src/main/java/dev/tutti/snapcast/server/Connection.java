package dev.tutti.snapcast.server;

import dev.tutti.snapcast.sessions.Outlet;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/** A socket as a session's way out. Used by the I/O thread. Does not allocate. */
final class Connection implements Outlet {
  private static final System.Logger LOG = System.getLogger(Connection.class.getName());

  private final SocketChannel channel;
  private final SelectionKey key;
  private boolean released;

  Connection(SocketChannel channel, SelectionKey key) {
    this.channel = channel;
    this.key = key;
  }

  @Override
  public long write(ByteBuffer[] buffers, int count) {
    try {
      return count == 1 ? channel.write(buffers[0]) : channel.write(buffers, 0, count);
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "a client hung up while it was written to: {0}", e.getMessage());
      return BROKEN;
    }
  }

  /** Reads what has arrived, as far as it fits; −1 at the end, or when the connection is gone. */
  int read(ByteBuffer into) {
    try {
      return channel.read(into);
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "a client hung up: {0}", e.getMessage());
      return -1;
    }
  }

  @Override
  public void awaitRoom() {
    key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
  }

  /** Listens for bytes only. */
  void listen() {
    key.interestOps(SelectionKey.OP_READ);
  }

  /** Lets the socket go, for somebody else to use; this connection is closed without it. */
  SocketChannel release() {
    released = true;
    key.cancel();
    return channel;
  }

  @Override
  public void close() {
    key.cancel();
    if (released) {
      return;
    }
    try {
      channel.close();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "closing a connection failed: {0}", e.getMessage());
    }
  }
}
