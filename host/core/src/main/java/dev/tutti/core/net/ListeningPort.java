package dev.tutti.core.net;

import dev.tutti.api.net.Network.Acceptor;
import dev.tutti.api.net.Network.Listening;
import dev.tutti.core.net.HostPorts.NamedPort;
import dev.tutti.core.plugins.PluginScope;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One named port: a listening socket and the platform thread {@code accept-NAME}, which does
 * nothing but accept and hand over. While no plugin listens the thread waits and callers queue up
 * in the kernel; when nobody has come after the patience, they are hung up on until somebody does.
 */
final class ListeningPort implements AutoCloseable {
  /** Callers the kernel keeps for us; a house that reconnects at once must fit. */
  static final int BACKLOG = 4096;

  /**
   * Pause after a failed accept (no file descriptors left), so that it is not tried in a circle.
   */
  private static final Duration RESPITE = Duration.ofMillis(100);

  private static final System.Logger LOG = System.getLogger(ListeningPort.class.getName());

  private final String name;
  private final ServerSocketChannel socket;
  private final InetSocketAddress address;
  private final Duration patience;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private @Nullable Claim claim;
  private boolean closed;

  /** Whether the patience has run out; cleared by the next listener. */
  private boolean givenUp;

  private ListeningPort(
      String name, ServerSocketChannel socket, InetSocketAddress address, Duration patience) {
    this.name = name;
    this.socket = socket;
    this.address = address;
    this.patience = patience;
  }

  /** Who listens. */
  private record Claim(PluginScope scope, Acceptor acceptor) {}

  static ListeningPort open(InetAddress bind, NamedPort wanted, Duration patience) {
    InetSocketAddress address = new InetSocketAddress(bind, wanted.port());
    try {
      ServerSocketChannel socket = ServerSocketChannel.open();
      try {
        socket.bind(address, BACKLOG);
        InetSocketAddress actual = (InetSocketAddress) socket.getLocalAddress();
        ListeningPort port = new ListeningPort(wanted.name(), socket, actual, patience);
        Thread.ofPlatform().daemon().name("accept-" + wanted.name()).start(port::run);
        return port;
      } catch (IOException e) {
        socket.close();
        throw e;
      }
    } catch (IOException e) {
      throw PortUnavailable.of(wanted.name(), address, wanted.option(), e);
    }
  }

  InetSocketAddress address() {
    return address;
  }

  /**
   * @throws IllegalStateException if another plugin listens here already
   */
  Listening listen(PluginScope scope, Acceptor acceptor) {
    Claim mine = new Claim(scope, acceptor);
    lock.lock();
    try {
      Claim theirs = claim;
      if (theirs != null && !theirs.scope().pluginId().equals(scope.pluginId())) {
        throw new IllegalStateException(
            "plugin \"%s\" cannot listen on the %s port: plugin \"%s\" does"
                .formatted(scope.pluginId(), name, theirs.scope().pluginId()));
      }
      claim = mine;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    Runnable disown = scope.own(() -> release(mine));
    return new Listening() {
      @Override
      public InetSocketAddress address() {
        return address;
      }

      @Override
      public void close() {
        disown.run();
        release(mine);
      }
    };
  }

  /** A successor's claim is not touched. */
  private void release(Claim mine) {
    lock.lock();
    try {
      if (mine.equals(claim)) {
        claim = null;
      }
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    try {
      while (true) {
        try {
          awaitListener();
          handOver(socket.accept());
        } catch (ClosedChannelException e) {
          return;
        } catch (IOException e) {
          LOG.log(
              System.Logger.Level.WARNING,
              "the {0} port cannot accept callers: {1}; if this lasts, raise the limit of open"
                  + " files (ulimit -n)",
              name,
              e.getMessage());
          awaitNanos(RESPITE.toNanos(), false);
        }
      }
    } catch (InterruptedException e) {
      LOG.log(System.Logger.Level.WARNING, "the {0} port stops: interrupted", name);
    }
  }

  private void handOver(SocketChannel caller) throws IOException, InterruptedException {
    Claim listener = awaitListener();
    if (listener == null) {
      caller.close();
      return;
    }
    try {
      caller.setOption(StandardSocketOptions.TCP_NODELAY, true);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "a caller of the {0} port left at once", name);
      caller.close();
      return;
    }
    listener.scope().guard("accept on the " + name + " port", () -> accept(listener, caller));
  }

  private static void accept(Claim listener, SocketChannel caller) {
    boolean taken = false;
    try {
      listener.acceptor().accept(caller);
      taken = true;
    } finally {
      if (!taken) {
        closeQuietly(caller);
      }
    }
  }

  private static void closeQuietly(SocketChannel caller) {
    try {
      caller.close();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "a refused caller did not close: {0}", e.getMessage());
    }
  }

  /** The listener, or null if nobody has come within the patience. */
  private @Nullable Claim awaitListener() throws InterruptedException {
    lock.lock();
    try {
      if (claim == null && !givenUp) {
        awaitNanos(patience.toNanos(), true);
        if (claim == null && !closed) {
          LOG.log(
              System.Logger.Level.WARNING,
              "no plugin listens on the {0} port; callers are hung up on until one does",
              name);
        }
      }
      givenUp = claim == null;
      return claim;
    } finally {
      lock.unlock();
    }
  }

  private void awaitNanos(long nanos, boolean forListener) throws InterruptedException {
    lock.lock();
    try {
      long left = nanos;
      while (!closed && left > 0 && !(forListener && claim != null)) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    try {
      socket.close();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "the {0} port did not close: {1}", name, e.getMessage());
    }
  }
}
