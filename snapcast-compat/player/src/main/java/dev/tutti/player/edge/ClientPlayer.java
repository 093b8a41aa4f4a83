package dev.tutti.player.edge;

import dev.tutti.api.audio.SampleFormat;
import dev.tutti.player.mixer.Volume;
import dev.tutti.player.output.Output;
import dev.tutti.player.session.Identity;
import dev.tutti.player.shell.Player;
import dev.tutti.player.shell.PlayerSetup;
import dev.tutti.player.status.PlayerStatus;
import dev.tutti.snapcast.protocol.Hello;
import java.io.IOException;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Our player in a client's name, which renders for it instead of playing. What it makes and is told
 * it hands on from its own threads. Any thread may call.
 */
final class ClientPlayer {
  /** Told what a player makes and hears; on its threads, must not block. */
  interface Listener {
    /** A stream is about to be rendered there. */
    void rendering(ClientPlayer from, BlockRing ring);

    /** How loud the client is to be. */
    void told(ClientPlayer from, Volume volume);
  }

  private final EdgeSetup setup;
  private final Listener listener;
  private final PassedVolume volume;
  private volatile @Nullable Player player;

  ClientPlayer(EdgeSetup setup, Listener listener) {
    this.setup = setup;
    this.listener = listener;
    this.volume = new PassedVolume(wanted -> listener.told(this, wanted));
  }

  /**
   * Connects as this client.
   *
   * @throws IOException if this machine has no means left for it
   */
  void begin(Hello hello) throws IOException {
    Player begun =
        new Player(
            new PlayerSetup(
                setup.servers().get(),
                setup.certificates(),
                identity(hello),
                this::open,
                stream -> stream,
                0,
                Optional.empty(),
                Optional.of(() -> volume),
                0,
                setup.depthMs(),
                setup.fallback()));
    player = begun;
    begun.start();
  }

  /** The client as it introduced itself; the program is ours, and so is what it can take. */
  private static Identity identity(Hello hello) {
    return new Identity(
        hello.mac(),
        hello.hostName(),
        Identity.PROTOCOL_AGE,
        hello.os(),
        hello.arch(),
        hello.hostId(),
        hello.instance(),
        hello.auth());
  }

  private Output open(SampleFormat format, LongSupplier clock) {
    BlockRing ring = ringFor(format, setup.localBufferMs());
    listener.rendering(this, ring);
    return new EdgeOutput(ring, clock, setup.localBufferMs() * 1000L, this::isResting);
  }

  /** Holds what a client is sent that joins, and some more. */
  static BlockRing ringFor(SampleFormat format, int localBufferMs) {
    return new BlockRing(
        BlockGrid.of(format), localBufferMs * 1000L + EdgeOutput.LEAD_MICROS + 500_000);
  }

  /** Silence is meant if it is the server's; in an outage the client is kept awake. */
  private boolean isResting() {
    Player playing = player;
    return playing != null && !playing.gauges().playing() && playing.session().isConnected();
  }

  /** What the server lets pass from capture to being heard; 0 while none serves. */
  int bufferMs() {
    Player playing = player;
    return playing != null && playing.session().isConnected()
        ? playing.session().settings().bufferMs()
        : 0;
  }

  /** How it does upstream; nothing before it has begun. */
  Optional<PlayerStatus> status() {
    return Optional.ofNullable(player).map(Player::status);
  }

  /** The client itself has changed its volume. */
  void volumeChanged(Volume changed) {
    volume.changed(changed);
  }

  /** Parts with the server; waits a moment for the threads. */
  void end() {
    Player playing = player;
    if (playing != null) {
      playing.close();
    }
  }
}
