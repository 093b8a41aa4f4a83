package dev.tutti.api.net;

import dev.tutti.api.Registration;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;

/**
 * Listening sockets. They belong to the host: while a plugin is swapped the port stays open and
 * callers wait in the backlog instead of being refused. Thread-safe.
 */
public interface Network {
  /**
   * Accepts connections on one of the host's named ports.
   *
   * @param port which: {@code stream} (1704) or {@code control} (1705)
   * @param acceptor called on a host thread with each accepted channel, blocking mode, TCP_NODELAY
   *     set; owns it from then on and must return at once
   */
  Listening listen(String port, Acceptor acceptor);

  /** Takes a connection. */
  @FunctionalInterface
  interface Acceptor {
    void accept(SocketChannel channel);
  }

  /** A port that is being listened on. */
  interface Listening extends Registration {
    /** The address with the actual port. */
    InetSocketAddress address();
  }
}
