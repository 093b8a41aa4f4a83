package dev.tutti.player.shell;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Messages one after the other on a socket; tries every address that a name has. */
final class TcpLine implements Line {
  private static final long CONNECT_MICROS = 2_000_000;
  private static final int MAX_UNSENT = 256;
  private static final long NEVER = Long.MAX_VALUE;

  private final Selector selector;
  private final LongSupplier clock;
  private final Listener listener;
  private final ByteBuffer in;
  private final Deque<ByteBuffer> unsent = new ArrayDeque<>();
  private final Deque<InetSocketAddress> addresses = new ArrayDeque<>();
  private @Nullable SocketChannel channel;
  private long connectBy = NEVER;

  /**
   * Begins to connect.
   *
   * @param in a place for what arrives, used only within {@link #serve}
   * @throws UnknownHostException if the name has no address
   */
  TcpLine(
      ServerAddress server, Selector selector, LongSupplier clock, ByteBuffer in, Listener listener)
      throws IOException {
    this.selector = selector;
    this.clock = clock;
    this.in = in;
    this.listener = listener;
    for (InetAddress each : InetAddress.getAllByName(server.host())) {
      addresses.add(new InetSocketAddress(each, server.port()));
    }
    attempt();
  }

  /** Begins to connect to the next address; those that fail at once are passed over. */
  private void attempt() throws IOException {
    while (true) {
      close();
      SocketChannel opened = SocketChannel.open();
      channel = opened;
      connectBy = clock.getAsLong() + CONNECT_MICROS;
      try {
        opened.configureBlocking(false);
        opened.register(selector, SelectionKey.OP_CONNECT);
        if (opened.connect(addresses.remove())) {
          // It is not announced by the selector.
          connectBy = clock.getAsLong();
        }
        return;
      } catch (IOException e) {
        if (addresses.isEmpty()) {
          close();
          throw e;
        }
      }
    }
  }

  @Override
  public void serve(long nowMicros) throws IOException {
    SocketChannel open = channel;
    if (open == null) {
      return;
    }
    if (connectBy != NEVER) {
      proceed(open, nowMicros);
      return;
    }
    SelectionKey key = open.keyFor(selector);
    if (key != null && key.isValid() && key.isReadable()) {
      read(open);
    }
    flush();
  }

  private void proceed(SocketChannel open, long now) throws IOException {
    boolean connected;
    try {
      connected = open.isConnected() || open.finishConnect();
    } catch (IOException e) {
      if (addresses.isEmpty()) {
        throw e;
      }
      attempt();
      return;
    }
    if (connected) {
      connectBy = NEVER;
      open.setOption(StandardSocketOptions.TCP_NODELAY, true);
      open.register(selector, SelectionKey.OP_READ);
      listener.opened();
    } else if (now >= connectBy) {
      if (addresses.isEmpty()) {
        throw new IOException("no answer");
      }
      attempt();
    }
  }

  private void read(SocketChannel open) throws IOException {
    in.clear();
    int count = open.read(in);
    // Not before the read: what arrived in between would seem to come from the future.
    long now = clock.getAsLong();
    if (count < 0) {
      throw new IOException("the server closed the connection");
    }
    listener.received(in.flip(), now);
  }

  @Override
  public void send(ByteBuffer message) throws IOException {
    if (unsent.size() >= MAX_UNSENT) {
      throw new IOException("the server does not read");
    }
    unsent.add(message);
    flush();
  }

  private void flush() throws IOException {
    SocketChannel open = channel;
    if (open == null || unsent.isEmpty()) {
      return;
    }
    while (!unsent.isEmpty()) {
      open.write(unsent.element());
      if (unsent.element().hasRemaining()) {
        break;
      }
      unsent.remove();
    }
    SelectionKey key = open.keyFor(selector);
    if (key != null && key.isValid()) {
      key.interestOps(
          unsent.isEmpty() ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE);
    }
  }

  @Override
  public long wakeAtMicros() {
    return connectBy;
  }

  @Override
  public void close() {
    connectBy = NEVER;
    SocketChannel open = channel;
    channel = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        System.getLogger(TcpLine.class.getName())
            .log(System.Logger.Level.DEBUG, "a connection did not close cleanly: {0}", e);
      }
    }
  }
}
