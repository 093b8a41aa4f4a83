package dev.tutti.snapcast.server;

import dev.tutti.api.HostInfo;
import dev.tutti.api.zone.Group;
import dev.tutti.api.zone.Player;
import dev.tutti.api.zone.ZoneSnapshot;
import dev.tutti.api.zone.Zones;
import dev.tutti.api.zone.Zones.ZoneException;
import dev.tutti.snapcast.protocol.ErrorMessage;
import dev.tutti.snapcast.protocol.Hello;
import dev.tutti.snapcast.protocol.PlayerExtension;
import dev.tutti.snapcast.protocol.ServerExtension;
import dev.tutti.snapcast.sessions.Arrival;
import dev.tutti.snapcast.sessions.Place;
import dev.tutti.snapcast.sessions.Registry;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** The host's zones as sessions see them. Used by the I/O thread. */
final class ZoneRegistry implements Registry {
  private static final System.Logger LOG = System.getLogger(ZoneRegistry.class.getName());

  private final Zones zones;
  private final Function<Arrival, Optional<ErrorMessage>> door;
  private final Consumer<String> problem;
  private final Ramps ramps;
  private final Supplier<HostInfo> host;
  private final Map<String, Long> arrivedAt = new ConcurrentHashMap<>();
  private final Map<String, String> conflicts = new TreeMap<>();

  /**
   * @param door answers why somebody may not come in
   * @param ramps of clients that come for the first time
   * @param host whose clock and HTTP port players are told that ask
   * @param problem told what the user should change; empty when nothing
   */
  ZoneRegistry(
      Zones zones,
      Function<Arrival, Optional<ErrorMessage>> door,
      Ramps ramps,
      Supplier<HostInfo> host,
      Consumer<String> problem) {
    this.ramps = ramps;
    this.host = host;
    this.zones = zones;
    this.door = door;
    this.problem = problem;
  }

  @Override
  public Optional<ErrorMessage> refusal(Arrival arrival) {
    return door.apply(arrival);
  }

  @Override
  public Optional<ServerExtension> extension() {
    HostInfo told = host.get();
    return Optional.of(
        new ServerExtension(PlayerExtension.VERSION, told.clockId(), told.httpPort()));
  }

  @Override
  public Optional<Place> arrived(Arrival arrival) {
    Zones.Arrival known = zoneArrival(arrival);
    boolean firstTime = zones.snapshot().player(arrival.clientId()).isEmpty();
    try {
      zones.connected(known, this);
    } catch (ZoneException e) {
      LOG.log(Level.WARNING, "{0} cannot join: {1}", arrival.clientId(), e.getMessage());
      return Optional.empty();
    }
    ZoneSnapshot snapshot = zones.snapshot();
    arrivedAt.put(arrival.clientId(), snapshot.revision());
    if (firstTime) {
      ramps.begin(arrival.clientId(), zones.ruleOf(known).ramp());
    }
    return placeIn(snapshot, arrival.clientId()).map(p -> ramps.risen(arrival.clientId(), p));
  }

  private static Zones.Arrival zoneArrival(Arrival arrival) {
    Hello hello = arrival.hello();
    return new Zones.Arrival(
        arrival.clientId(),
        hello.instance(),
        new Player.Device(
            hello.hostName(), hello.mac(), arrival.address(), hello.os(), hello.arch()),
        new Player.Software(hello.clientName(), hello.programVersion(), hello.protocolVersion()));
  }

  @Override
  public Optional<Place> volumeReported(String clientId, int volumePercent, boolean muted) {
    ramps.end(clientId);
    try {
      zones.setVolume(clientId, ownVolume(clientId, volumePercent), muted, this);
    } catch (ZoneException e) {
      LOG.log(Level.DEBUG, "volume of a forgotten client: {0}", e.getMessage());
    }
    return placeIn(zones.snapshot(), clientId);
  }

  /** The player's own volume that makes it so loud in its group. */
  private int ownVolume(String clientId, int loudness) {
    Optional<Group> group = zones.snapshot().groupOf(clientId);
    int groupVolume = group.map(Group::volumePercent).orElse(100);
    if (groupVolume == 100 || groupVolume == 0) {
      return loudness;
    }
    Player player = zones.snapshot().player(clientId).orElseThrow();
    boolean unchanged = group.orElseThrow().loudness(player) == loudness;
    return unchanged ? player.volumePercent() : Math.round(loudness * 100f / groupVolume);
  }

  @Override
  public int bufferMs(Arrival arrival, int standardMs) {
    return zones.ruleOf(zoneArrival(arrival)).bufferMs(standardMs);
  }

  @Override
  public void seen(String clientId) {
    zones.seen(clientId);
  }

  /** The client's volume was set; from now on it has all of it. */
  void volumeSet(String clientId) {
    ramps.end(clientId);
  }

  /** What a client is told by now of what was decided for it. */
  Place told(String clientId, Place place) {
    return ramps.risen(clientId, place);
  }

  @Override
  public void departed(String clientId) {
    ramps.end(clientId);
    arrivedAt.remove(clientId);
    zones.disconnected(clientId, this);
  }

  @Override
  public void conflict(String clientId, String sentence) {
    if (sentence.isEmpty()) {
      conflicts.remove(clientId);
    } else {
      conflicts.put(clientId, sentence);
    }
    problem.accept(String.join("; ", conflicts.values()));
  }

  /** Whether a snapshot is older than a client's arrival, and so knows nothing of it. */
  boolean arrivedAfter(String clientId, ZoneSnapshot snapshot) {
    Long revision = arrivedAt.get(clientId);
    return revision == null || snapshot.revision() < revision;
  }

  /** What a snapshot has decided for a client. */
  static Optional<Place> placeIn(ZoneSnapshot snapshot, String clientId) {
    return snapshot
        .groupOf(clientId)
        .flatMap(group ->
            group.players().stream()
                .filter(player -> player.id().equals(clientId))
                .findFirst()
                .map(player -> place(group, player)));
  }

  static Place place(Group group, Player player) {
    return new Place(
        group.streamId(),
        group.loudness(player),
        player.muted() || group.muted(),
        player.latencyMs(),
        group.mix().then(player.mix()));
  }
}
