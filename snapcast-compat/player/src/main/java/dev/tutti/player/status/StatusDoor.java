package dev.tutti.player.status;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells this machine's user how the program does: each connection to its socket gets one line and
 * is closed. Its thread {@code player-status} (or {@code edge-status}) only reads what others have
 * published. Without a socket the program goes on. {@link #open} and {@link #close} are for any
 * thread.
 */
public final class StatusDoor implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(StatusDoor.class.getName());

  /** Those who ask at once; more are refused. */
  private static final int BACKLOG = 8;

  private final StatusPlaces places;
  private final int instance;
  private final Supplier<byte[]> text;
  private @Nullable ServerSocketChannel listening;
  private @Nullable Path socket;
  private boolean closed;

  private StatusDoor(StatusPlaces places, int instance, Supplier<byte[]> text) {
    this.places = places;
    this.instance = instance;
    this.text = text;
  }

  /**
   * Opens a player's door; that happens on its own thread, which this does not wait for.
   *
   * @param status made on the door's thread; must not block
   */
  public static StatusDoor open(StatusPlaces places, int instance, Supplier<PlayerStatus> status) {
    return begin(new StatusDoor(places, instance, () -> StatusText.write(status.get())));
  }

  /** As {@link #open}, of an edge. */
  public static StatusDoor ofEdge(StatusPlaces places, int port, Supplier<EdgeStatus> status) {
    return begin(new StatusDoor(places, port, () -> EdgeText.write(status.get())));
  }

  private static StatusDoor begin(StatusDoor door) {
    String name = door.places.program().noun() + "-status";
    Thread.ofPlatform().name(name).daemon(true).start(door::run);
    return door;
  }

  private void run() {
    ServerSocketChannel opened = listen();
    if (opened != null) {
      new Callers<>(
              "the status",
              new Callers.Door<SocketChannel>() {
                @Override
                public SocketChannel accept() throws IOException {
                  return opened.accept();
                }

                @Override
                public boolean isOpen() {
                  return opened.isOpen();
                }
              })
          .takeAll(this::answer);
    }
  }

  /** Whoever does not read its line, or hangs up before, has had its chance. */
  private void answer(SocketChannel asking) {
    try (asking) {
      asking.configureBlocking(false);
      asking.write(ByteBuffer.wrap(text.get()));
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "somebody asked for the status and left: {0}", e.getMessage());
    }
  }

  private @Nullable ServerSocketChannel listen() {
    for (Path folder : places.own()) {
      try {
        return listen(folder);
      } catch (IOException e) {
        LOG.log(Level.DEBUG, "no socket for the status in {0}: {1}", folder, e.getMessage());
      }
    }
    LOG.log(
        Level.WARNING,
        "tutti {0} --status and --health cannot ask this {0}: no socket can be made in {1}; it"
            + " plays all the same",
        places.program().noun(),
        places.own());
    return null;
  }

  private @Nullable ServerSocketChannel listen(Path folder) throws IOException {
    StatusPlaces.claim(folder);
    Path path = places.socket(folder, instance);
    UnixDomainSocketAddress address = UnixDomainSocketAddress.of(path);
    if (isAnswered(address)) {
      LOG.log(
          Level.WARNING,
          places.program() == LocalProgram.EDGE
              ? "another edge on this machine listens on port {0}, too, and --status and --health ask"
                  + " that one"
              : "another player on this machine is instance {0} already, and --status and --health"
                  + " ask that one; give this one --instance N, because a server throws out one of two"
                  + " players that it cannot tell apart",
          String.valueOf(instance));
      return null;
    }
    Files.deleteIfExists(path);
    ServerSocketChannel opened = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      opened.bind(address, BACKLOG);
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
    } catch (IOException | RuntimeException e) {
      opened.close();
      throw e;
    }
    keep(opened, path);
    return opened;
  }

  /** A socket that was left behind by a player that was killed is there, but nobody answers. */
  private static boolean isAnswered(UnixDomainSocketAddress address) {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.configureBlocking(false);
      channel.connect(address);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private synchronized void keep(ServerSocketChannel opened, Path path) throws IOException {
    listening = opened;
    socket = path;
    if (closed) {
      close();
    }
  }

  /** Closes the door and removes its socket. */
  @Override
  public synchronized void close() {
    closed = true;
    try {
      if (listening != null) {
        listening.close();
      }
      if (socket != null) {
        Files.deleteIfExists(socket);
      }
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "the socket {0} stays behind: {1}", socket, e.getMessage());
    }
  }
}
