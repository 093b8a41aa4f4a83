package dev.tutti.player.edge;

import dev.tutti.audio.codec.Encoders;
import dev.tutti.player.mixer.Volume;
import dev.tutti.player.shell.MonotonicClock;
import dev.tutti.player.status.EdgeStatus;
import dev.tutti.snapcast.protocol.Hello;
import dev.tutti.snapcast.sessions.FeedSource;
import dev.tutti.snapcast.sessions.SessionPolicy;
import dev.tutti.snapcast.sessions.StreamServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A running edge: a local server for one unmodified client, and our player in that client's name,
 * which renders on this machine's clock. So the client sees a server that is always there and whose
 * clock is its own. Its threads: {@code edge-io} serves the client, those of {@link
 * dev.tutti.player.shell.Player} talk to the house, decode and render. Any thread may call.
 */
public final class Edge implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Edge.class.getName());
  private static final long END_MS = 1500;

  private final EdgeSetup setup;
  private final LongSupplier clock = new MonotonicClock();
  private final LocalServer local;
  private final StandIn standIn;
  private final StreamServer server;
  private final Thread io;
  private final long beganAt = clock.getAsLong();
  private volatile @Nullable ClientPlayer player;
  private @Nullable BlockRing ring;

  /**
   * Listens, but serves nobody yet.
   *
   * @throws IOException if it cannot; a sentence that says why and what to do
   */
  public Edge(EdgeSetup setup) throws IOException {
    this.setup = setup;
    local = new LocalServer(setup.listen(), clock, ServerSocketChannel::accept);
    standIn = new StandIn(new House(), setup.localBufferMs());
    server =
        new StreamServer(
            policy(setup.localBufferMs()),
            standIn,
            (streamId, ready) -> source(),
            Encoders::open,
            clock,
            () -> {});
    io =
        Thread.ofPlatform()
            .name("edge-io")
            .daemon(true)
            .unstarted(() -> local.run(server, standIn::step));
  }

  /** One client, which is sent silence too: it mutes itself, and is not to hear a seam. */
  static SessionPolicy policy(int localBufferMs) {
    return new SessionPolicy(localBufferMs, Map.of(), true, 1);
  }

  private @Nullable FeedSource source() {
    BlockRing rendered = ring;
    return rendered == null ? null : new RenderedStream(rendered, setup.codec());
  }

  /** Begins. */
  public void start() {
    io.start();
    LOG.log(
        System.Logger.Level.INFO,
        "listening on {0}:{1}; start  snapclient -h {0} -p {1}",
        address().getAddress().getHostAddress(),
        String.valueOf(address().getPort()));
  }

  /** Where the client connects. */
  public InetSocketAddress address() {
    return local.address();
  }

  /** How it does, for those on this machine who ask. */
  public EdgeStatus status() {
    StandIn.Presence client = standIn.presence();
    return new EdgeStatus(
        address().getAddress().getHostAddress(),
        address().getPort(),
        ProcessHandle.current().pid(),
        (clock.getAsLong() - beganAt) / 1000,
        client.client(),
        client.connected(),
        Optional.ofNullable(player).flatMap(ClientPlayer::status));
  }

  /** The way to the house, in the client's name. For the thread that serves. */
  private final class House implements Upstream {
    @Override
    public void begin(Hello hello) {
      ClientPlayer begun = new ClientPlayer(setup, new Handover());
      player = begun;
      try {
        begun.begin(hello);
      } catch (IOException e) {
        LOG.log(System.Logger.Level.ERROR, "cannot connect to a server", e);
      }
    }

    @Override
    public void volumeChanged(Volume volume) {
      ClientPlayer playing = player;
      if (playing != null) {
        playing.volumeChanged(volume);
      }
    }

    @Override
    public int bufferMs() {
      ClientPlayer playing = player;
      return playing == null ? 0 : playing.bufferMs();
    }

    @Override
    public void end() {
      ClientPlayer ended = player;
      player = null;
      ring = null;
      if (ended != null) {
        Thread.ofPlatform().name("edge-end").daemon(true).start(ended::end);
      }
    }
  }

  /** What a player says, on its way to the thread that serves. */
  private final class Handover implements ClientPlayer.Listener {
    @Override
    public void rendering(ClientPlayer from, BlockRing made) {
      local.post(() -> {
        if (from == player) {
          ring = made;
          server.feeds().sourceChanged(StandIn.STREAM);
        }
      });
    }

    @Override
    public void told(ClientPlayer from, Volume volume) {
      local.post(() -> {
        if (from == player) {
          server.sessions().place(standIn.clientId(), standIn.told(volume), clock.getAsLong());
        }
      });
    }
  }

  /** Stops; waits a moment for the threads. */
  @Override
  public void close() {
    local.stop();
    try {
      io.join(END_MS);
      ClientPlayer left = player;
      if (!io.isAlive() && left != null) {
        left.end();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
