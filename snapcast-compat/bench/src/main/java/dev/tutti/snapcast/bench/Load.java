package dev.tutti.snapcast.bench;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.LongSupplier;

/** So many clients of one server, in the calling thread. Bounded in count and time. */
final class Load {
  private static final long SECOND = 1_000_000;

  private final InetSocketAddress server;
  private final int count;
  private final long seconds;
  private final LongSupplier clock;
  private final Measured measured = new Measured();
  private final List<Client> clients = new ArrayList<>();
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 18);

  Load(InetSocketAddress server, int count, long seconds, LongSupplier clock) {
    this.server = server;
    this.count = count;
    this.seconds = seconds;
    this.clock = clock;
  }

  /**
   * Connects all at once, waits until all sound (10 s at most), then measures.
   *
   * @param measuring called when the measured time begins
   */
  Measured run(Runnable measuring) throws IOException {
    try (Selector selector = Selector.open()) {
      connectAll(selector);
      long started = clock.getAsLong();
      while (measured.sounding() < count && clock.getAsLong() < started + 10 * SECOND) {
        turn(selector, started);
      }
      // What joiners are sent at once, the last second of sound, is not late.
      long settled = clock.getAsLong() + 2 * SECOND;
      while (clock.getAsLong() < settled) {
        turn(selector, started);
      }
      measured.begin();
      measuring.run();
      long begin = clock.getAsLong();
      while (clock.getAsLong() < begin + seconds * SECOND) {
        turn(selector, started);
      }
      for (SelectionKey key : selector.keys()) {
        key.channel().close();
      }
    }
    return measured;
  }

  private void connectAll(Selector selector) throws IOException {
    for (int i = 0; i < count; i++) {
      SocketChannel channel = connect();
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.configureBlocking(false);
      Client client = new Client(channel, i, measured, clock);
      clients.add(client);
      channel.register(selector, SelectionKey.OP_READ, client);
      client.hello();
      if (i % 50 == 49) {
        read(selector, 1);
      }
    }
  }

  private SocketChannel connect() throws IOException {
    try {
      return SocketChannel.open(server);
    } catch (ConnectException e) {
      throw new IOException(
          "nothing answers at %s:%d (%s); start the server, or name its stream port"
              .formatted(server.getHostString(), server.getPort(), e.getMessage()),
          e);
    }
  }

  private long asked;

  private void turn(Selector selector, long started) throws IOException {
    read(selector, 10);
    // Every client asks for the time once a second, one after the other.
    long due = (clock.getAsLong() - started) * count / SECOND;
    while (asked < due && !clients.isEmpty()) {
      clients.get((int) (asked++ % clients.size())).askTime();
    }
  }

  private void read(Selector selector, long waitMs) throws IOException {
    selector.select(waitMs);
    for (Iterator<SelectionKey> each = selector.selectedKeys().iterator(); each.hasNext(); ) {
      SelectionKey key = each.next();
      each.remove();
      Client client = (Client) key.attachment();
      if (!client.read(buffer)) {
        measured.lost();
        clients.remove(client);
        key.channel().close();
      }
    }
  }
}
