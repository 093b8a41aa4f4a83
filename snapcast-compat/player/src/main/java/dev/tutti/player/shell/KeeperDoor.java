package dev.tutti.player.shell;

import dev.tutti.player.clock.ClockView;
import dev.tutti.player.keeper.House;
import dev.tutti.player.keeper.Reference;
import dev.tutti.player.keeper.TimeKeeper;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where other players of the house ask for the time, and where we ask them, over UDP, when the
 * server is gone. Everything happens on the thread that runs it, named {@code player-keeper}; the
 * rest is for any.
 */
final class KeeperDoor implements Runnable, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(KeeperDoor.class.getName());
  private static final int MOST_BYTES = 512;

  /** Then it is somebody else's turn. */
  private static final int MOST_AT_ONCE = 64;

  private final Supplier<ClockView> clocks;
  private final Supplier<String> clockId;
  private final LongSupplier clock;
  private final DatagramChannel channel;
  private final Selector selector;
  private final int port;
  private final long self = new SecureRandom().nextLong() | 1;
  private final TimeKeeper keeper = new TimeKeeper(self, this::send);
  private final ByteBuffer in = ByteBuffer.allocateDirect(MOST_BYTES);
  private final AtomicReference<@Nullable House> told = new AtomicReference<>();
  private long last = self;
  private long latest = Long.MIN_VALUE;
  private volatile boolean closed;

  /** Listens anywhere. */
  KeeperDoor(Supplier<ClockView> clocks, Supplier<String> clockId, LongSupplier clock)
      throws IOException {
    this(clocks, clockId, clock, 0);
  }

  /**
   * @param clocks what is known of the server's clock
   * @param clockId its id
   * @param clock ours
   * @param listens the port at which others know us; another is taken if that is taken
   */
  KeeperDoor(Supplier<ClockView> clocks, Supplier<String> clockId, LongSupplier clock, int listens)
      throws IOException {
    this.clocks = clocks;
    this.clockId = clockId;
    this.clock = clock;
    selector = Selector.open();
    channel = DatagramChannel.open();
    bind(listens);
    channel.configureBlocking(false);
    channel.register(selector, SelectionKey.OP_READ);
    port = ((InetSocketAddress) channel.getLocalAddress()).getPort();
  }

  private void bind(int listens) throws IOException {
    try {
      channel.bind(new InetSocketAddress(listens));
    } catch (BindException e) {
      LOG.log(System.Logger.Level.DEBUG, "port {0} is taken: {1}", listens, e.getMessage());
      channel.bind(new InetSocketAddress(0));
    }
  }

  /** Where it listens. */
  int port() {
    return port;
  }

  /** The server has told who is in the house. */
  void house(House house) {
    told.set(house);
    selector.wakeup();
  }

  /** What to go by; null before a clock is known, and nobody can be asked. */
  @Nullable Reference reference() {
    return keeper.reference();
  }

  @Override
  public void run() {
    Urgency.raise();
    try (selector;
        channel) {
      while (!closed) {
        House house = told.getAndSet(null);
        if (house != null) {
          keeper.house(house);
        }
        long next = keeper.step(clocks.get(), clockId.get(), now());
        say();
        selector.select(Math.max(1, Math.ceilDiv(next - clock.getAsLong(), 1000L)));
        selector.selectedKeys().clear();
        receive();
      }
    } catch (IOException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "other players cannot be asked for the time when the server is gone: {0}",
          e.getMessage());
    }
  }

  /** Times must not go back. */
  private long now() {
    latest = Math.max(latest, clock.getAsLong());
    return latest;
  }

  private void receive() throws IOException {
    for (int i = 0; i < MOST_AT_ONCE; i++) {
      in.clear();
      if (!(channel.receive(in) instanceof InetSocketAddress from)) {
        return;
      }
      keeper.received(from, in.flip(), now());
    }
  }

  private void send(InetSocketAddress to, ByteBuffer datagram) {
    try {
      channel.send(datagram, to);
    } catch (IOException e) {
      // A network that is down: it is asked again and again.
      LOG.log(System.Logger.Level.DEBUG, "{0} cannot be asked: {1}", to, e.getMessage());
    }
  }

  private void say() {
    long now = keeper.keeper();
    if (now != last) {
      last = now;
      LOG.log(
          System.Logger.Level.INFO,
          now == self
              ? "no other player keeps the time any more"
              : "the server is gone; player {0} keeps the time",
          Long.toHexString(now));
    }
  }

  @Override
  public void close() {
    closed = true;
    selector.wakeup();
  }
}
