package dev.tutti.player.edge;

import dev.tutti.player.shell.Urgency;
import dev.tutti.snapcast.sessions.Session;
import dev.tutti.snapcast.sessions.StreamServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongSupplier;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The socket that the local client connects to, and the thread {@code edge-io}, on which everything
 * happens that is said to it: see {@link #run}. {@link #post}, {@link #stop} and {@link #address}
 * are for any thread.
 */
final class LocalServer {
  private static final System.Logger LOG = System.getLogger(LocalServer.class.getName());
  private static final int IN_BYTES = 4096;
  private static final long LONGEST_WAIT_MS = 1000;

  /** After a client could not be taken (no file handles left). */
  private static final long RESPITE_MICROS = 200_000;

  private final LongSupplier clock;
  private final Selector selector;
  private final ServerSocketChannel door;
  private final Accepting accepting;
  private final SelectionKey ring;
  private final InetSocketAddress address;
  private final Queue<Runnable> posted = new ConcurrentLinkedQueue<>();
  private final ByteBuffer in = ByteBuffer.allocateDirect(IN_BYTES);
  private long deafUntil;
  private boolean failing;
  private volatile boolean stopped;

  /** How the next client is taken: {@link ServerSocketChannel#accept}. */
  interface Accepting {
    @Nullable SocketChannel accept(ServerSocketChannel door) throws IOException;
  }

  private record Peer(LocalConnection connection, Session session) {}

  /**
   * Listens, but does not serve yet.
   *
   * @throws IOException if that is not possible; a sentence that says why and what to do
   */
  LocalServer(InetSocketAddress listen, LongSupplier clock, Accepting accepting)
      throws IOException {
    this.clock = clock;
    this.accepting = accepting;
    if (listen.isUnresolved()) {
      throw new IOException("cannot listen on " + listen.getHostString() + ": unknown name");
    }
    selector = Selector.open();
    door = ServerSocketChannel.open();
    try {
      door.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      door.bind(listen);
      ring = door.configureBlocking(false).register(selector, SelectionKey.OP_ACCEPT);
      address = (InetSocketAddress) door.getLocalAddress();
    } catch (IOException e) {
      close();
      throw new IOException(sentence(listen, e), e);
    }
  }

  private static String sentence(InetSocketAddress listen, IOException e) {
    String place = listen.getHostString() + ":" + listen.getPort();
    return "cannot listen on "
        + place
        + ": "
        + e.getMessage()
        + (e instanceof BindException
            ? "; if a snapserver or another edge is there, take another port: --listen "
                + listen.getHostString()
                + ":1714, and snapclient -p 1714"
            : "");
  }

  /** Where it listens. */
  InetSocketAddress address() {
    return address;
  }

  /** Has something done on the serving thread, soon. */
  void post(Runnable task) {
    posted.add(task);
    selector.wakeup();
  }

  /** Ends {@link #run}. */
  void stop() {
    stopped = true;
    selector.wakeup();
  }

  /**
   * Serves until stopped, then closes the socket.
   *
   * @param also stepped with the server: from now to when to be called again
   */
  void run(StreamServer server, LongUnaryOperator also) {
    Urgency.raise();
    while (!stopped) {
      try {
        turn(server, also);
      } catch (IOException e) {
        LOG.log(System.Logger.Level.ERROR, "the local server cannot go on", e);
        break;
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.ERROR, "the edge has made a mistake and goes on", e);
      }
    }
    server.close(clock.getAsLong());
    close();
  }

  private void turn(StreamServer server, LongUnaryOperator also) throws IOException {
    for (Runnable task = posted.poll(); task != null; task = posted.poll()) {
      task.run();
    }
    long now = clock.getAsLong();
    long next = Math.min(also.applyAsLong(now), server.step(now));
    long waitMicros = next - clock.getAsLong();
    if (waitMicros > 0 && posted.isEmpty()) {
      selector.select(Math.clamp(Math.ceilDiv(waitMicros, 1000L), 1, LONGEST_WAIT_MS));
    } else {
      selector.selectNow();
    }
    long arrivedAt = clock.getAsLong();
    if (ring.interestOps() == 0 && arrivedAt >= deafUntil) {
      ring.interestOps(SelectionKey.OP_ACCEPT);
    }
    for (SelectionKey key : selector.selectedKeys()) {
      if (key.isValid() && key.isAcceptable()) {
        accept(server);
      } else if (key.attachment() instanceof Peer peer) {
        serve(key, peer, arrivedAt);
      }
    }
    selector.selectedKeys().clear();
  }

  private void accept(StreamServer server) throws IOException {
    SocketChannel channel = next();
    if (channel == null) {
      return;
    }
    try {
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
      LocalConnection connection = new LocalConnection(channel, key);
      String from = ((InetSocketAddress) channel.getRemoteAddress()).getAddress().getHostAddress();
      key.attach(new Peer(connection, server.accept(connection, from, clock.getAsLong())));
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "a client hung up as it came: {0}", e.getMessage());
      channel.close();
    }
  }

  /** Who waits; null if there is nobody, or it cannot be taken at the moment. */
  private @Nullable SocketChannel next() {
    try {
      SocketChannel channel = accepting.accept(door);
      failing = false;
      return channel;
    } catch (IOException e) {
      LOG.log(
          failing ? System.Logger.Level.DEBUG : System.Logger.Level.WARNING,
          "the client cannot be taken: {0}; it is tried again",
          e.getMessage());
      failing = true;
      deafUntil = clock.getAsLong() + RESPITE_MICROS;
      ring.interestOps(0);
      return null;
    }
  }

  private void serve(SelectionKey key, Peer peer, long arrivedAt) {
    if (key.isValid() && key.isReadable()) {
      int bytes = peer.connection().read(in.clear());
      if (bytes < 0) {
        peer.session().disconnected(arrivedAt);
      } else if (bytes > 0) {
        peer.session().received(in.flip(), arrivedAt);
      }
    }
    if (key.isValid() && key.isWritable()) {
      peer.connection().listen();
      peer.session().room(clock.getAsLong());
    }
  }

  private void close() {
    try (selector) {
      door.close();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "closing the door failed: {0}", e.getMessage());
    }
  }
}
