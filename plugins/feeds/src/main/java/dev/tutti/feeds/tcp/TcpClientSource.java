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
import java.nio.channels.SocketChannel;
import java.util.function.Supplier;

/** Connects to a feeder, again and again: the name is looked up anew each time. */
final class TcpClientSource implements LiveSource {
  private static final int RETRY_MS = 1000;
  private static final int CONNECT_MS = 5000;

  private final TcpOptions options;
  private final Supplier<PcmStream> begin;
  private final System.Logger log;
  private String told = "";

  TcpClientSource(TcpOptions options, Supplier<PcmStream> begin, System.Logger log) {
    this.options = options;
    this.begin = begin;
    this.log = log;
  }

  @Override
  public void capture(AudioWriter writer) throws IOException, InterruptedException {
    try (Selector selector = Selector.open();
        TcpReader reader = new TcpReader(begin, writer)) {
      while (true) {
        if (connect(selector, reader)) {
          read(selector, reader);
        }
        selector.selectNow(); // forgets the closed channel
        await(selector, RETRY_MS);
      }
    } catch (ClosedByInterruptException e) {
      throw TcpServerSource.ended(e);
    }
  }

  /** Answers whether it has worked; what has not is news once. */
  private boolean connect(Selector selector, TcpReader reader)
      throws IOException, InterruptedException {
    SocketChannel channel = SocketChannel.open();
    String problem = "no answer within " + CONNECT_MS / 1000 + " s";
    try {
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
      InetAddress host = InetAddress.getByName(options.host());
      boolean connected = channel.connect(new InetSocketAddress(host, options.port()));
      if (!connected) {
        channel.register(selector, SelectionKey.OP_CONNECT);
        await(selector, CONNECT_MS);
        connected = channel.finishConnect();
      }
      if (connected) {
        log.log(Level.INFO, "connected to the feeder at {0}", options);
        told = "";
        reader.take(channel, selector);
        return true;
      }
    } catch (ClosedByInterruptException e) {
      throw e;
    } catch (IOException e) {
      problem = String.valueOf(e.getMessage());
    } finally {
      if (!reader.hasFeeder()) {
        channel.close();
      }
    }
    if (!problem.equals(told)) {
      told = problem;
      log.log(Level.INFO, "waiting for the feeder at {0}: {1}", options, problem);
    }
    return false;
  }

  private static void read(Selector selector, TcpReader reader)
      throws IOException, InterruptedException {
    do {
      await(selector, 0);
    } while (reader.read());
  }

  private static void await(Selector selector, long millis)
      throws IOException, InterruptedException {
    selector.select(millis);
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    selector.selectedKeys().clear();
  }
}
