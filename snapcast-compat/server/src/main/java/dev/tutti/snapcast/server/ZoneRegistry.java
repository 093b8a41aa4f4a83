package dev.tutti.snapcast.server;

import dev.tutti.api.zone.Group;
import dev.tutti.api.zone.Player;
import dev.tutti.api.zone.ZoneSnapshot;
import dev.tutti.api.zone.Zones;
import dev.tutti.api.zone.Zones.ZoneException;
import dev.tutti.snapcast.protocol.ErrorMessage;
import dev.tutti.snapcast.protocol.Hello;
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

/** The host's zones as sessions see them. Used by the I/O thread. */
final class ZoneRegistry implements Registry {
  private static final System.Logger LOG = System.getLogger(ZoneRegistry.class.getName());

  private final Zones zones;
  private final Function<Arrival, Optional<ErrorMessage>> door;
  private final Consumer<String> problem;
  private final Map<String, Long> arrivedAt = new ConcurrentHashMap<>();
  private final Map<String, String> conflicts = new TreeMap<>();

  /**
   * @param door answers why somebody may not come in
   * @param problem told what the user should change; empty when nothing
   */
  ZoneRegistry(
      Zones zones, Function<Arrival, Optional<ErrorMessage>> door, Consumer<String> problem) {
    this.zones = zones;
    this.door = door;
    this.problem = problem;
  }

  @Override
  public Optional<ErrorMessage> refusal(Arrival arrival) {
    return door.apply(arrival);
  }

  @Override
  public Optional<Place> arrived(Arrival arrival) {
    Hello hello = arrival.hello();
    try {
      zones.connected(
          new Zones.Arrival(
              arrival.clientId(),
              hello.instance(),
              new Player.Device(
                  hello.hostName(), hello.mac(), arrival.address(), hello.os(), hello.arch()),
              new Player.Software(hello.clientName(), hello.version(), hello.protocolVersion())),
          this);
    } catch (ZoneException e) {
      LOG.log(Level.WARNING, "{0} cannot join: {1}", arrival.clientId(), e.getMessage());
      return Optional.empty();
    }
    ZoneSnapshot snapshot = zones.snapshot();
    arrivedAt.put(arrival.clientId(), snapshot.revision());
    return placeIn(snapshot, arrival.clientId());
  }

  @Override
  public Optional<Place> volumeReported(String clientId, int volumePercent, boolean muted) {
    try {
      zones.setVolume(clientId, volumePercent, muted, this);
    } catch (ZoneException e) {
      LOG.log(Level.DEBUG, "volume of a forgotten client: {0}", e.getMessage());
    }
    return placeIn(zones.snapshot(), clientId);
  }

  @Override
  public void seen(String clientId) {
    zones.seen(clientId);
  }

  @Override
  public void departed(String clientId) {
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
        player.volumePercent(),
        player.muted() || group.muted(),
        player.latencyMs());
  }
}
