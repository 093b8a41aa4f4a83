package dev.tutti.snapcast.server;

import dev.tutti.api.http.Http.WebSocketListener;
import dev.tutti.api.http.Http.WebSocketPeer;
import dev.tutti.snapcast.control.FirstBytes;
import dev.tutti.snapcast.protocol.Time;
import dev.tutti.snapcast.sessions.Chunk;
import dev.tutti.snapcast.sessions.FeedId;
import dev.tutti.snapcast.sessions.Session;
import dev.tutti.snapcast.sessions.Sessions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The thread {@code io}: all stream sockets, and the sessions behind them. Reads before it writes
 * and writes in slices, so that a Time request never waits for more than a slice. Allocates nothing
 * per chunk and client beyond what the selector does.
 *
 * <p>{@link #accept}, {@link #open}, {@link #post} and {@link #stop} are for any thread, everything
 * else for this one.
 */
final class StreamIo {
  private static final System.Logger LOG = System.getLogger(StreamIo.class.getName());

  /**
   * Bytes read from a connection at a time: about a hundred Time requests, so that one client that
   * floods us cannot keep the others waiting.
   */
  private static final int READ_BYTES = 4096;

  /**
   * Bytes the kernel keeps for a connection: about a second of pcm. More would be too late by the
   * time a slow client gets it, and we could not drop it any more.
   */
  private static final int SEND_BYTES = 192 * 1024;

  private static final long NOT_YET = Long.MIN_VALUE;
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final Sessions sessions;
  private final LongSupplier clock;
  private final Selector selector;
  private final Inbox inbox;
  private final ByteBuffer readBuffer = ByteBuffer.allocateDirect(READ_BYTES);
  private final Consumer<SelectionKey> handler = this::ready;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile BiConsumer<SocketChannel, byte[]> strays = (channel, first) -> close(channel);
  private volatile boolean running = true;
  private long arrivedAt = NOT_YET;

  private static final class Peer {
    private final Connection connection;
    private final Session session;
    private boolean heard;

    Peer(Connection connection, Session session) {
      this.connection = connection;
      this.session = session;
    }

    Connection connection() {
      return connection;
    }

    Session session() {
      return session;
    }

    /** Whether it has not sent anything yet. */
    boolean isNew() {
      return !heard;
    }

    void heard() {
      heard = true;
    }
  }

  StreamIo(Sessions sessions, LongSupplier clock) throws IOException {
    this.sessions = sessions;
    this.clock = clock;
    selector = Selector.open();
    inbox = new Inbox(selector::wakeup);
  }

  /** Takes over a connection. */
  void accept(SocketChannel channel) {
    accept(channel, NOTHING);
  }

  /**
   * As the other.
   *
   * @param first what it has sent already
   */
  void accept(SocketChannel channel, ByteBuffer first) {
    post(() -> adopt(channel, first));
  }

  /** Sets who takes over controllers that came to this port. */
  void strays(BiConsumer<SocketChannel, byte[]> strays) {
    this.strays = strays;
  }

  /** Takes over a WebSocket. */
  WebSocketListener open(WebSocketPeer peer) {
    WebClient client = new WebClient(peer, this);
    post(() ->
        client.serve(
            sessions.accept(client, client.address(), client.welcome(), clock.getAsLong())));
    return client;
  }

  long nowMicros() {
    return clock.getAsLong();
  }

  /** Has something done on this thread, soon. */
  void post(Runnable task) {
    inbox.post(task);
  }

  /** Hands over a chunk; wakes the thread only if a client waits for it now. */
  void encoded(FeedId feed, Chunk chunk) {
    inbox.postQuietly(() -> sessions.encoded(feed, chunk));
    if (sessions.hurry()) {
      selector.wakeup();
    }
  }

  /** Ends all sessions and the thread; waits a moment for it. */
  void stop() throws InterruptedException {
    running = false;
    selector.wakeup();
    if (!ended.await(1, TimeUnit.SECONDS)) {
      LOG.log(Level.WARNING, "the thread io has not ended within a second");
    }
  }

  /** The thread's work, until {@link #stop}. */
  void run() {
    try {
      while (running && !Thread.currentThread().isInterrupted()) {
        guarded(this::turn);
      }
      sessions.close(clock.getAsLong());
    } finally {
      ended.countDown();
      closeSelector();
    }
  }

  private void turn() {
    inbox.run();
    long next = sessions.step(clock.getAsLong());
    try {
      await(next);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void await(long nextMicros) throws IOException {
    arrivedAt = NOT_YET;
    long waitMicros = nextMicros - clock.getAsLong();
    if (waitMicros <= 0 || !inbox.isEmpty()) {
      selector.selectNow(handler);
    } else if (nextMicros == Long.MAX_VALUE) {
      selector.select(handler);
    } else {
      selector.select(handler, Math.ceilDiv(waitMicros, 1000L));
    }
  }

  /** A mistake in the treatment of one thing must not end the music for all. */
  private static void guarded(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "the stream server has made a mistake and goes on", e);
    }
  }

  private void ready(SelectionKey key) {
    Peer peer = (Peer) key.attachment();
    if (arrivedAt == NOT_YET) {
      // All that is ready in this turn was there by now.
      arrivedAt = clock.getAsLong();
    }
    try {
      if (key.isValid() && key.isReadable()) {
        read(peer);
      }
      if (key.isValid() && key.isWritable()) {
        peer.connection().listen();
        peer.session().room(clock.getAsLong());
      }
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "a session has failed; its client can connect again", e);
      peer.session().disconnected(clock.getAsLong());
    }
  }

  private void read(Peer peer) {
    int bytes = peer.connection().read(readBuffer.clear());
    if (bytes < 0) {
      peer.session().disconnected(clock.getAsLong());
    } else if (bytes > 0 && peer.isNew() && FirstBytes.ofControl(readBuffer.get(0))) {
      handOver(peer);
    } else if (bytes > 0) {
      peer.heard();
      // More than one request for the time may have come in pieces, the last of them just now.
      long cameAt = bytes > Time.FRAME_BYTES ? clock.getAsLong() : arrivedAt;
      peer.session().received(readBuffer.flip(), cameAt);
    }
  }

  /** A controller came to the wrong port; it is served where controllers are. */
  private void handOver(Peer peer) {
    byte[] first = new byte[readBuffer.flip().remaining()];
    readBuffer.get(first);
    LOG.log(
        Level.INFO,
        "{0} controls, but came to the stream port; it is served. The control port is the other",
        peer.session().address());
    SocketChannel channel = peer.connection().release();
    peer.session().disconnected(clock.getAsLong());
    post(() -> {
      try {
        arrivedAt = NOT_YET;
        // A channel may change its mode only once the selector has let it go.
        selector.selectNow(handler);
        channel.configureBlocking(true);
        strays.accept(channel, first);
      } catch (IOException e) {
        LOG.log(Level.DEBUG, "a controller hung up as it came: {0}", e.getMessage());
        close(channel);
      }
    });
  }

  private void adopt(SocketChannel channel, ByteBuffer first) {
    try {
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.SO_SNDBUF, SEND_BYTES);
      SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
      Connection connection = new Connection(channel, key);
      Session session = sessions.accept(connection, address(channel), clock.getAsLong());
      key.attach(new Peer(connection, session));
      if (first.hasRemaining()) {
        session.received(first, clock.getAsLong());
      }
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "a client hung up as it came: {0}", e.getMessage());
      close(channel);
    }
  }

  private static String address(SocketChannel channel) throws IOException {
    return channel.getRemoteAddress() instanceof InetSocketAddress remote
        ? text(remote.getAddress())
        : "";
  }

  /** The far end as text; IPv4 addresses without the prefix of a dual-stack listener. */
  static String text(InetAddress address) {
    String text = address.getHostAddress();
    int scope = address instanceof Inet6Address ? text.indexOf('%') : -1;
    return scope < 0 ? text : text.substring(0, scope);
  }

  private static void close(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "closing a connection failed: {0}", e.getMessage());
    }
  }

  private void closeSelector() {
    try {
      selector.close();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "closing the selector failed: {0}", e.getMessage());
    }
  }
}
