package dev.tutti.player.shell;

import dev.tutti.player.session.ServerSession;
import dev.tutti.player.session.Wire;
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

/**
 * The socket to the server. Everything happens on the thread that runs {@link #run}, named {@code
 * player-io}; only {@link #stop} is for others.
 */
final class ServerLink implements Wire {
  private static final long CONNECT_MICROS = 2_000_000;
  private static final long LONGEST_WAIT_MS = 1000;
  private static final int MAX_UNSENT = 256;
  private static final long NEVER = Long.MAX_VALUE;

  private final Servers servers;
  private final LongSupplier clock;
  private final Runnable received;
  private final Selector selector;
  private final ByteBuffer in = ByteBuffer.allocateDirect(64 * 1024);
  private final Deque<ByteBuffer> unsent = new ArrayDeque<>();
  private final Deque<InetSocketAddress> addresses = new ArrayDeque<>();
  private @Nullable SocketChannel channel;
  private String target = "";
  private long connectBy = NEVER;
  private boolean wanted;
  private @Nullable String failure;
  private volatile boolean stopped;

  /**
   * @param received run after bytes were taken in
   */
  ServerLink(Servers servers, LongSupplier clock, Runnable received) throws IOException {
    this.servers = servers;
    this.clock = clock;
    this.received = received;
    this.selector = Selector.open();
  }

  /** Serves a session until stopped. */
  void run(ServerSession session) throws IOException {
    while (!stopped) {
      long next = Math.min(session.step(clock.getAsLong()), connectBy);
      if (wanted) {
        wanted = false;
        begin(session);
        continue;
      }
      long waitMicros = next == NEVER ? NEVER : next - clock.getAsLong();
      if (waitMicros > 0) {
        selector.select(Math.clamp(Math.ceilDiv(waitMicros, 1000L), 1, LONGEST_WAIT_MS));
      } else {
        selector.selectNow();
      }
      serve(session, clock.getAsLong());
    }
    close();
    selector.close();
  }

  /** Ends {@link #run}. Any thread. */
  void stop() {
    stopped = true;
    selector.wakeup();
  }

  private void serve(ServerSession session, long now) {
    SocketChannel open = channel;
    if (open == null) {
      return;
    }
    try {
      if (connectBy != NEVER) {
        proceed(session, open, now);
      } else {
        SelectionKey key = open.keyFor(selector);
        if (key != null && key.isValid() && key.isReadable()) {
          read(session, open);
        }
        flush();
      }
    } catch (IOException e) {
      failure = String.valueOf(e.getMessage());
    }
    if (failure != null) {
      String reason = target + ": " + failure;
      close();
      session.closed(reason, now);
    }
    selector.selectedKeys().clear();
  }

  private void proceed(ServerSession session, SocketChannel open, long now) throws IOException {
    boolean connected = false;
    try {
      connected = open.finishConnect();
    } catch (IOException e) {
      if (!addresses.isEmpty()) {
        attempt();
        return;
      }
      throw e;
    }
    if (connected) {
      connectBy = NEVER;
      open.setOption(StandardSocketOptions.TCP_NODELAY, true);
      SelectionKey key = open.register(selector, SelectionKey.OP_READ);
      if (key.isValid()) {
        session.connected(clock.getAsLong());
      }
    } else if (now >= connectBy) {
      if (addresses.isEmpty()) {
        throw new IOException("no answer");
      }
      attempt();
    }
  }

  private void read(ServerSession session, SocketChannel open) throws IOException {
    in.clear();
    int count = open.read(in);
    // Not before the read: what arrived in between would seem to come from the future.
    long now = clock.getAsLong();
    if (count < 0) {
      throw new IOException("the server closed the connection");
    }
    session.received(in.flip(), now);
    received.run();
  }

  private void begin(ServerSession session) {
    target = "";
    try {
      ServerAddress server = servers.next();
      target = server.toString();
      addresses.clear();
      for (InetAddress each : InetAddress.getAllByName(server.host())) {
        addresses.add(new InetSocketAddress(each, server.port()));
      }
      attempt();
    } catch (UnknownHostException e) {
      session.closed("the name of " + target + " is unknown", clock.getAsLong());
    } catch (IOException e) {
      String why = String.valueOf(e.getMessage());
      close();
      session.closed(target.isEmpty() ? why : target + ": " + why, clock.getAsLong());
    }
  }

  /** Begins to connect to the next address. */
  private void attempt() throws IOException {
    closeChannel();
    SocketChannel opened = SocketChannel.open();
    channel = opened;
    opened.configureBlocking(false);
    SelectionKey key = opened.register(selector, SelectionKey.OP_CONNECT);
    connectBy = clock.getAsLong() + CONNECT_MICROS;
    if (opened.connect(addresses.remove())) {
      key.interestOps(SelectionKey.OP_CONNECT);
    }
  }

  @Override
  public void connect() {
    wanted = true;
  }

  @Override
  public void send(ByteBuffer bytes) {
    if (unsent.size() >= MAX_UNSENT) {
      failure = "the server does not read";
      return;
    }
    unsent.add(bytes);
    try {
      flush();
    } catch (IOException e) {
      failure = String.valueOf(e.getMessage());
    }
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
  public void close() {
    connectBy = NEVER;
    failure = null;
    unsent.clear();
    closeChannel();
  }

  private void closeChannel() {
    SocketChannel open = channel;
    channel = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        System.getLogger(ServerLink.class.getName())
            .log(System.Logger.Level.DEBUG, "{0} did not close cleanly: {1}", target, e);
      }
    }
  }
}
