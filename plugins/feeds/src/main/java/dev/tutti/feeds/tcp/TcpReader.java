package dev.tutti.feeds.tcp;

import dev.tutti.api.audio.AudioWriter;
import dev.tutti.feeds.pcm.PcmStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The one feeder of a stream, as long as there is one. Used by the source's thread. */
final class TcpReader implements AutoCloseable {
  private final Supplier<PcmStream> begin;
  private final AudioWriter writer;
  private @Nullable SocketChannel feeder;
  private PcmStream pcm;

  /**
   * @param begin makes what a new feeder's bytes are read into
   */
  TcpReader(Supplier<PcmStream> begin, AudioWriter writer) {
    this.begin = begin;
    this.writer = writer;
    this.pcm = begin.get();
  }

  boolean hasFeeder() {
    return feeder != null;
  }

  /** Takes a connected feeder; the one before has to go. */
  void take(SocketChannel channel, Selector selector) throws IOException {
    close();
    feeder = channel;
    pcm = begin.get();
    channel.configureBlocking(false);
    channel.register(selector, SelectionKey.OP_READ);
  }

  /**
   * Reads what has come, at most as much as fits at once.
   *
   * @return false if the feeder has gone
   * @throws IOException with a sentence for the user, if it sends another format
   */
  boolean read() throws IOException, InterruptedException {
    SocketChannel channel = feeder;
    if (channel == null) {
      return false;
    }
    int got = received(channel);
    if (got < 0) {
      close();
      return false;
    }
    pcm.took(got, writer);
    return true;
  }

  /** A connection that breaks is a feeder that has gone. */
  private int received(SocketChannel channel) {
    try {
      return channel.read(ByteBuffer.wrap(pcm.bytes(), pcm.filled(), pcm.room()));
    } catch (IOException e) {
      return -1;
    }
  }

  /** Lets the feeder go, if there is one; the stream rests. */
  @Override
  public void close() throws IOException {
    if (feeder != null) {
      feeder.close();
      feeder = null;
      writer.rest();
    }
  }
}
