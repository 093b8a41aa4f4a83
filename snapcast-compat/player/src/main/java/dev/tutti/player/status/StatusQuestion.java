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

/** Asks a program on this machine how it does. Waits; any thread. */
public final class StatusQuestion<T extends LocalStatus> {
  /** Makes sense of an answer, or says in a sentence that it makes none. */
  private interface Reader<T> {
    T read(byte[] answer) throws IOException;
  }

  private static final String SILENT = "it does not answer; its process may be stopped";

  private final StatusPlaces places;
  private final Reader<T> reader;
  private final long patienceMs;

  private StatusQuestion(StatusPlaces places, Reader<T> reader, long patienceMs) {
    this.places = places;
    this.reader = reader;
    this.patienceMs = patienceMs;
  }

  /**
   * For players.
   *
   * @param patienceMs how long to wait for each piece of an answer
   */
  public static StatusQuestion<PlayerStatus> toPlayers(StatusPlaces places, long patienceMs) {
    return new StatusQuestion<>(places, StatusText::read, patienceMs);
  }

  /** As {@link #toPlayers}, for edges. */
  public static StatusQuestion<EdgeStatus> toEdges(StatusPlaces places, long patienceMs) {
    return new StatusQuestion<>(places, EdgeText::read, patienceMs);
  }

  /**
   * Asks one of them.
   *
   * @return its answer; nothing if there is no such one
   * @throws IOException if it is there, but does not answer or makes no sense; a sentence
   */
  public Optional<T> ask(int instance) throws IOException {
    for (Path socket : places.socketsOf(instance)) {
      Optional<T> answer = ask(socket);
      if (answer.isPresent()) {
        return answer;
      }
    }
    return Optional.empty();
  }

  private Optional<T> ask(Path socket) throws IOException {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        Selector selector = Selector.open()) {
      if (!reaches(channel, socket)) {
        return Optional.empty();
      }
      channel.register(selector, SelectionKey.OP_READ);
      ByteBuffer in = ByteBuffer.allocate(StatusText.MAX_BYTES);
      while (channel.read(in) >= 0) {
        if (!in.hasRemaining()) {
          throw new IOException("what answers at " + socket + " is no " + places.program().noun());
        }
        if (selector.select(patienceMs) == 0) {
          throw new IOException(SILENT);
        }
        selector.selectedKeys().clear();
      }
      return Optional.of(reader.read(Arrays.copyOf(in.array(), in.position())));
    }
  }

  /** A socket may have been left behind by a program that is no more. */
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
