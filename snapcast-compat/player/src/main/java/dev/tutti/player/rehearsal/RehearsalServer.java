package dev.tutti.player.rehearsal;

import dev.tutti.snapcast.protocol.BaseHeader;
import dev.tutti.snapcast.protocol.FrameParser;
import dev.tutti.snapcast.protocol.Hello;
import dev.tutti.snapcast.protocol.Message;
import dev.tutti.snapcast.protocol.ProtocolException;
import dev.tutti.snapcast.protocol.ServerSettings;
import dev.tutti.snapcast.protocol.Time;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The least a player needs of a server: on loopback, for one connection, with a tone in each codec
 * of this machine. For one thread.
 */
public final class RehearsalServer implements AutoCloseable {
  private static final int BUFFER_MS = 1000;
  private static final int LOOK_MS = 5;
  private static final int MAX_MESSAGE_BYTES = 64 * 1024;

  private final LongSupplier clock;
  private final ServerSocketChannel listening;
  private final Selector selector;
  private final FrameParser parser = new FrameParser(MAX_MESSAGE_BYTES);
  private final ByteBuffer in = ByteBuffer.allocate(MAX_MESSAGE_BYTES);
  private @Nullable RehearsalTone tone;

  /** Listens at a free port. */
  public RehearsalServer(LongSupplier clock) throws IOException {
    this.clock = clock;
    this.selector = Selector.open();
    this.listening = ServerSocketChannel.open();
    listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    listening.configureBlocking(false);
    listening.register(selector, SelectionKey.OP_ACCEPT);
  }

  /** How a player finds it. */
  public String address() {
    return "tcp://" + listening.socket().getInetAddress().getHostAddress() + ":" + port();
  }

  private int port() {
    return listening.socket().getLocalPort();
  }

  /**
   * Serves until all has been played.
   *
   * @param untilMicros when to give up
   * @throws IOException if no player came, it went, or did not listen to the end in time
   */
  public void serve(long untilMicros) throws IOException {
    try (SocketChannel player = accept(untilMicros)) {
      player.configureBlocking(false);
      player.setOption(StandardSocketOptions.TCP_NODELAY, true);
      player.register(selector, SelectionKey.OP_READ);
      while (tone == null || !tone.isOver(clock.getAsLong() - BUFFER_MS * 1000L)) {
        await(LOOK_MS, untilMicros);
        hear(player);
        if (tone != null) {
          tone.sendDue(clock.getAsLong(), message -> send(player, message));
        }
      }
    }
  }

  private SocketChannel accept(long untilMicros) throws IOException {
    SocketChannel player = listening.accept();
    while (player == null) {
      await(BUFFER_MS, untilMicros);
      player = listening.accept();
    }
    return player;
  }

  private void await(int ms, long untilMicros) throws IOException {
    selector.select(ms);
    selector.selectedKeys().clear();
    if (clock.getAsLong() > untilMicros) {
      throw new InterruptedIOException("the player did not listen to the end in time");
    }
  }

  private void hear(SocketChannel player) throws IOException {
    if (player.read(in) < 0) {
      throw new IOException("the player has left");
    }
    long now = clock.getAsLong();
    try {
      parser.feed(in.flip(), (header, body) -> answer(player, header, body, now));
    } catch (ProtocolException e) {
      throw new IOException("the player does not speak Snapcast: " + e.getMessage(), e);
    }
    in.clear();
  }

  private void answer(SocketChannel player, BaseHeader header, ByteBuffer body, long now)
      throws ProtocolException {
    switch (Message.decode(header.type(), body)) {
      case Hello _ -> {
        send(player, new ServerSettings(BUFFER_MS, 0, false, 90).frame(0, header.id(), now, now));
        tone = new RehearsalTone(now);
      }
      case Time _ -> {
        ByteBuffer reply = ByteBuffer.allocate(Time.FRAME_BYTES);
        Time.putReply(reply, header.id(), header.sentMicros(), now, clock.getAsLong());
        send(player, reply.flip());
      }
      default -> {
        // Of no interest here.
      }
    }
  }

  /** What does not fit into the socket's buffer at once would be a player that hangs. */
  private static void send(SocketChannel player, ByteBuffer message) {
    try {
      player.write(message);
    } catch (IOException e) {
      System.getLogger(RehearsalServer.class.getName())
          .log(System.Logger.Level.DEBUG, "the player has left: {0}", e.getMessage());
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
    selector.close();
  }
}
