package dev.tutti.player.edge;

import dev.tutti.snapcast.sessions.Outlet;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/** A socket as a session's way out. For the thread that serves. */
final class LocalConnection implements Outlet {
  private static final System.Logger LOG = System.getLogger(LocalConnection.class.getName());

  private final SocketChannel channel;
  private final SelectionKey key;

  LocalConnection(SocketChannel channel, SelectionKey key) {
    this.channel = channel;
    this.key = key;
  }

  @Override
  public long write(ByteBuffer[] buffers, int count) {
    try {
      return channel.write(buffers, 0, count);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "the client hung up: {0}", e.getMessage());
      return BROKEN;
    }
  }

  /** What has come, as far as it fits; negative if the connection is gone. */
  int read(ByteBuffer into) {
    try {
      return channel.read(into);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "the client hung up: {0}", e.getMessage());
      return -1;
    }
  }

  @Override
  public void awaitRoom() {
    key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
  }

  /** Waits for bytes only. */
  void listen() {
    key.interestOps(SelectionKey.OP_READ);
  }

  @Override
  public void close() {
    key.cancel();
    try {
      channel.close();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "a connection did not close cleanly: {0}", e.getMessage());
    }
  }
}
