package dev.tutti.player.status;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** Asks a player on this machine how it does. Waits; any thread. */
public final class StatusQuestion {
  private static final String SILENT = "it does not answer; its process may be stopped";

  private final StatusPlaces places;
  private final long patienceMs;

  /**
   * @param patienceMs how long to wait for each piece of an answer
   */
  public StatusQuestion(StatusPlaces places, long patienceMs) {
    this.places = places;
    this.patienceMs = patienceMs;
  }

  /**
   * Asks one player.
   *
   * @return its answer; nothing if there is no such player
   * @throws IOException if it is there, but does not answer or makes no sense; a sentence
   */
  public Optional<PlayerStatus> ask(int instance) throws IOException {
    for (Path socket : places.socketsOf(instance)) {
      Optional<PlayerStatus> answer = ask(socket);
      if (answer.isPresent()) {
        return answer;
      }
    }
    return Optional.empty();
  }

  private Optional<PlayerStatus> ask(Path socket) throws IOException {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        Selector selector = Selector.open()) {
      if (!reaches(channel, socket)) {
        return Optional.empty();
      }
      channel.register(selector, SelectionKey.OP_READ);
      ByteBuffer in = ByteBuffer.allocate(StatusText.MAX_BYTES);
      while (channel.read(in) >= 0) {
        if (!in.hasRemaining()) {
          throw new IOException("what answers at " + socket + " is no player");
        }
        if (selector.select(patienceMs) == 0) {
          throw new IOException(SILENT);
        }
        selector.selectedKeys().clear();
      }
      return Optional.of(StatusText.read(Arrays.copyOf(in.array(), in.position())));
    }
  }

  /** A socket may have been left behind by a player that is no more. */
  private static boolean reaches(SocketChannel channel, Path socket) throws IOException {
    channel.configureBlocking(false);
    boolean connected;
    try {
      connected = channel.connect(UnixDomainSocketAddress.of(socket));
    } catch (IOException e) {
      System.getLogger(StatusQuestion.class.getName())
          .log(System.Logger.Level.DEBUG, "{0}: {1}", socket, e.getMessage());
      return false;
    }
    if (!connected) {
      throw new IOException(SILENT);
    }
    return true;
  }
}
