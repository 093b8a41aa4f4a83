package dev.tutti.feeds.tcp;

import dev.tutti.api.audio.AudioWriter;
import dev.tutti.api.audio.LiveSource;
import dev.tutti.feeds.pcm.PcmStream;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.function.Supplier;

/**
 * Listens for feeders. One at a time: whoever connects last is heard, so that a feeder that was
 * lost without a farewell does not lock out its successor.
 */
final class TcpServerSource implements LiveSource {
  private static final int BACKLOG = 8;

  private final TcpOptions options;
  private final Supplier<PcmStream> begin;
  private final System.Logger log;

  TcpServerSource(TcpOptions options, Supplier<PcmStream> begin, System.Logger log) {
    this.options = options;
    this.begin = begin;
    this.log = log;
  }

  @Override
  public void capture(AudioWriter writer) throws IOException, InterruptedException {
    try (Selector selector = Selector.open();
        ServerSocketChannel server = ServerSocketChannel.open();
        TcpReader reader = new TcpReader(begin, writer)) {
      listen(server);
      server.register(selector, SelectionKey.OP_ACCEPT);
      while (true) {
        selector.select();
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        selector.selectedKeys().clear();
        accept(server, selector, reader);
        reader.read();
      }
    } catch (ClosedByInterruptException e) {
      throw ended(e);
    }
  }

  private void listen(ServerSocketChannel server) throws IOException {
    InetSocketAddress address =
        options.host().isEmpty()
            ? new InetSocketAddress(options.port())
            : new InetSocketAddress(InetAddress.getByName(options.host()), options.port());
    server.configureBlocking(false);
    server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
    try {
      server.bind(address, BACKLOG);
    } catch (IOException e) {
      throw new IOException(options + " cannot be listened on: " + e.getMessage(), e);
    }
  }

  private void accept(ServerSocketChannel server, Selector selector, TcpReader reader)
      throws IOException {
    for (SocketChannel next = server.accept(); next != null; next = server.accept()) {
      log.log(
          Level.INFO,
          reader.hasFeeder()
              ? "{0} feeds port {1,number,#} now, in the place of the one before"
              : "{0} feeds port {1,number,#}",
          next.getRemoteAddress(),
          options.port());
      next.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
      reader.take(next, selector);
    }
  }

  static InterruptedException ended(ClosedByInterruptException e) {
    Thread.interrupted();
    InterruptedException ended = new InterruptedException();
    ended.initCause(e);
    return ended;
  }
}
