package dev.tutti.telnet;

import dev.tutti.api.Clock;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Serves all callers on one thread, until it is closed or interrupted. A caller that says nothing
 * complete for a minute, or does not take its answers, is hung up on. {@link #run} is for one
 * thread, the rest for any.
 */
final class Door implements Runnable, AutoCloseable {
  /** At once; more are hung up on. */
  static final int MOST_CALLERS = 8;

  private static final long PATIENCE_MICROS = 60_000_000;

  /** After a failed accept (no file handles left), so that it is not tried in a circle. */
  private static final long RESPITE_MICROS = 200_000;

  private static final long LONGEST_WAIT_MS = 60_000;
  private static final int IN_BYTES = 512;

  private final ServerSocketChannel listening;
  private final Accepting accepting;
  private final Function<InetAddress, Conversation> greeting;
  private final Clock clock;
  private final System.Logger log;
  private final Selector selector;
  private final SelectionKey ring;
  private final InetSocketAddress address;
  private final ByteBuffer in = ByteBuffer.allocate(IN_BYTES);
  private long deafUntil;
  private boolean failing;
  private volatile boolean closed;

  /** Where the next caller comes from; null if there is none at the moment. */
  interface Accepting {
    @Nullable SocketChannel accept() throws IOException;
  }

  /**
   * @param listening bound; closed with the door
   * @param greeting begins what is spoken with a caller from an address
   */
  Door(
      ServerSocketChannel listening,
      Accepting accepting,
      Function<InetAddress, Conversation> greeting,
      Clock clock,
      System.Logger log)
      throws IOException {
    this.listening = listening;
    this.accepting = accepting;
    this.greeting = greeting;
    this.clock = clock;
    this.log = log;
    this.address = (InetSocketAddress) listening.getLocalAddress();
    this.selector = Selector.open();
    this.ring = listening.configureBlocking(false).register(selector, SelectionKey.OP_ACCEPT);
  }

  /** Where it is, with its actual port. */
  InetSocketAddress address() {
    return address;
  }

  /** Ends {@link #run}, soon. */
  @Override
  public void close() {
    closed = true;
    selector.wakeup();
  }

  @Override
  public void run() {
    try (listening;
        selector) {
      while (!closed && !Thread.currentThread().isInterrupted()) {
        turn();
      }
      for (SelectionKey key : selector.keys()) {
        key.channel().close();
      }
    } catch (IOException e) {
      log.log(Level.WARNING, "no more lines are taken: {0}", e.getMessage());
    }
  }

  private void turn() throws IOException {
    selector.select(waitMillis(clock.nowMicros()));
    long now = clock.nowMicros();
    for (SelectionKey key : selector.selectedKeys()) {
      if (key.attachment() instanceof Caller caller) {
        caller.serve(in, now);
      } else if (key.isValid()) {
        accept(now);
      }
    }
    selector.selectedKeys().clear();
  }

  /** How long nothing has to be done; what is overdue is done. */
  private long waitMillis(long now) {
    long wake = Long.MAX_VALUE;
    if (ring.interestOps() == 0) {
      ring.interestOps(now < deafUntil ? 0 : SelectionKey.OP_ACCEPT);
      wake = deafUntil;
    }
    for (SelectionKey key : selector.keys()) {
      if (key.attachment() instanceof Caller caller) {
        long end = caller.lastAnsweredMicros() + PATIENCE_MICROS;
        if (end <= now) {
          caller.hangUp();
        }
        wake = Math.min(wake, end);
      }
    }
    return Math.clamp(Math.ceilDiv(wake - now, 1000L), 1, LONGEST_WAIT_MS);
  }

  private void accept(long now) {
    try {
      SocketChannel channel = accepting.accept();
      failing = false;
      if (channel != null) {
        welcome(channel, now);
      }
    } catch (IOException e) {
      if (!failing) {
        failing = true;
        log.log(
            Level.WARNING,
            "a caller cannot be taken: {0}; it is tried again; if this lasts, raise the limit of"
                + " open files (ulimit -n)",
            e.getMessage());
      }
      deafUntil = now + RESPITE_MICROS;
      ring.interestOps(0);
    }
  }

  private void welcome(SocketChannel channel, long now) throws IOException {
    // One of the keys is the door's own.
    if (selector.keys().size() > MOST_CALLERS) {
      channel.close();
      return;
    }
    try {
      InetAddress remote = ((InetSocketAddress) channel.getRemoteAddress()).getAddress();
      channel.configureBlocking(false);
      SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
      key.attach(new Caller(channel, key, greeting.apply(remote), now));
    } catch (IOException e) {
      log.log(Level.DEBUG, "a caller left as it came: {0}", e.getMessage());
      channel.close();
    }
  }
}
