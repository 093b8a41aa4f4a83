package dev.tutti.player.edge;

import dev.tutti.player.mixer.Volume;
import dev.tutti.snapcast.protocol.ErrorMessage;
import dev.tutti.snapcast.protocol.Hello;
import dev.tutti.snapcast.sessions.Arrival;
import dev.tutti.snapcast.sessions.Place;
import dev.tutti.snapcast.sessions.Registry;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whom the edge stands for: the one local client. Upstream there is a connection in its name while
 * it is there, and for a moment longer, so that a restart of it is no news to the house. What the
 * house decides for it is passed on, and what it changes itself the other way; but its latency is
 * in the instants that blocks are rendered for, and not told a second time. A step function, for
 * the thread that serves.
 */
final class StandIn implements Registry {
  static final String STREAM = "edge";

  /** A client that is started anew is back within this. */
  static final long GRACE_MICROS = 5_000_000;

  /**
   * For whoever asks.
   *
   * @param client for people; empty if nobody has come yet
   * @param connected whether it is there now
   */
  record Presence(String client, boolean connected) {}

  private static final System.Logger LOG = System.getLogger(StandIn.class.getName());
  private static final long NEVER = Long.MAX_VALUE;
  private static final int FORBIDDEN = 403;

  /** From the server's chunk to a rendered block: the network, decoding, and being early. */
  private static final int WAY_MS = 100;

  private final Upstream upstream;
  private final int leastBufferMs;
  private int bufferMs;
  private @Nullable Hello client;
  private String clientId = "";
  private boolean present;
  private boolean left;
  private long endAt = NEVER;
  private String lastRefused = "";
  private volatile Presence presence = new Presence("", false);

  /** Silent until the house has said how loud. */
  private Volume volume = new Volume(100, true);

  /**
   * @param localBufferMs of the client
   */
  StandIn(Upstream upstream, int localBufferMs) {
    this.upstream = upstream;
    this.leastBufferMs = localBufferMs + WAY_MS;
  }

  /** Who it stands for; empty if nobody has come yet. */
  String clientId() {
    return clientId;
  }

  /** Whether the client is there. Any thread. */
  Presence presence() {
    return presence;
  }

  @Override
  public Optional<ErrorMessage> refusal(Arrival arrival) {
    if (!present || arrival.clientId().equals(clientId)) {
      return Optional.empty();
    }
    if (!arrival.clientId().equals(lastRefused)) {
      lastRefused = arrival.clientId();
      LOG.log(
          System.Logger.Level.WARNING,
          "{0} ({1}) is refused: this edge stands for {2}; start another for it with --listen and"
              + " a port of its own",
          arrival.clientId(),
          arrival.hello().hostName(),
          clientId);
    }
    return Optional.of(
        new ErrorMessage(FORBIDDEN, "Forbidden", "this edge stands for " + clientId));
  }

  @Override
  public Optional<Place> arrived(Arrival arrival) {
    boolean same = arrival.hello().equals(client);
    if (client != null && !same) {
      upstream.end();
    }
    if (!same) {
      if (!arrival.clientId().equals(clientId)) {
        volume = new Volume(100, true);
      }
      client = arrival.hello();
      clientId = arrival.clientId();
      upstream.begin(arrival.hello());
      LOG.log(System.Logger.Level.INFO, "standing for {0}", forPeople(arrival.hello()));
    }
    present = true;
    presence = new Presence(forPeople(arrival.hello()), true);
    left = false;
    endAt = NEVER;
    return Optional.of(place());
  }

  private static String forPeople(Hello hello) {
    return hello.clientId()
        + " ("
        + hello.hostName()
        + ", "
        + hello.clientName()
        + " "
        + hello.version()
        + ")";
  }

  /** The house has said how loud the client is. */
  Place told(Volume wanted) {
    volume = wanted;
    return place();
  }

  private Place place() {
    return new Place(STREAM, volume.percent(), volume.muted(), 0);
  }

  @Override
  public Optional<Place> volumeReported(String id, int percent, boolean muted) {
    if (!id.equals(clientId)) {
      return Optional.empty();
    }
    volume = new Volume(percent, muted);
    upstream.volumeChanged(volume);
    return Optional.of(place());
  }

  @Override
  public void seen(String id) {
    // The house sees our own requests for the time.
  }

  @Override
  public void departed(String id) {
    if (id.equals(clientId)) {
      present = false;
      presence = new Presence(presence.client(), false);
      left = true;
      lastRefused = "";
    }
  }

  @Override
  public void conflict(String id, String sentence) {
    // Who is refused was told so, and the sessions have logged the rest.
  }

  /**
   * Does what is due.
   *
   * @return when to call again at the latest
   */
  long step(long nowMicros) {
    if (left) {
      left = false;
      endAt = nowMicros + GRACE_MICROS;
    }
    if (nowMicros >= endAt) {
      endAt = NEVER;
      client = null;
      upstream.end();
      LOG.log(System.Logger.Level.INFO, "{0} is gone", clientId);
    }
    judge(upstream.bufferMs());
    return endAt;
  }

  private void judge(int served) {
    if (served == bufferMs) {
      return;
    }
    bufferMs = served;
    if (served > 0 && served < leastBufferMs) {
      LOG.log(
          System.Logger.Level.WARNING,
          "the server''s buffer of {0} ms is too short for an edge, which needs {1} ms of it; give"
              + " the server more, or the edge a smaller --buffer-local",
          served,
          leastBufferMs);
    }
  }
}
