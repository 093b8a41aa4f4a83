package dev.tutti.snapcast.control;

import dev.tutti.api.access.Scope;
import dev.tutti.api.json.Json;
import dev.tutti.api.zone.Player;
import dev.tutti.api.zone.ZoneSnapshot;
import dev.tutti.api.zone.Zones;
import dev.tutti.snapcast.control.Fanout.Caller;
import dev.tutti.snapcast.control.Method.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * {@code Client.*}. Results are rendered from one snapshot taken after the change, so that they and
 * the news around them never contradict each other.
 */
final class ClientMethods {
  private static final int MIN_LATENCY_MS = -10_000;

  private final Zones zones;
  private final int bufferMs;

  ClientMethods(Zones zones, int bufferMs) {
    this.zones = zones;
    this.bufferMs = bufferMs;
  }

  List<Method> all() {
    return List.of(
        Method.of(
            "Client.GetStatus", Scope.LISTEN, "Tells what is known of a client", this::getStatus),
        Method.of(
            "Client.SetVolume", Scope.CONTROL, "Sets volume and mute of a client", this::setVolume),
        Method.of(
            "Client.SetLatency",
            Scope.CONTROL,
            "Sets the latency of a client in ms",
            this::setLatency),
        Method.of("Client.SetName", Scope.CONTROL, "Names a client", this::setName));
  }

  private Outcome getStatus(Params params, Caller origin) throws RpcError {
    String id = params.text("id");
    require(id);
    return outcome(id, p -> Json.of("client", StatusJson.client(p)));
  }

  private Outcome setVolume(Params params, Caller origin) throws RpcError {
    String id = params.text("id");
    Player before = require(id);
    Params volume = params.object("volume");
    int percent = volume.has("percent") ? volume.integer("percent") : before.volumePercent();
    boolean muted = volume.has("muted") ? volume.bool("muted") : before.muted();
    zones.setVolume(id, percent, muted, origin);
    return outcome(id, p -> Json.of("volume", StatusJson.volume(p)));
  }

  private Outcome setLatency(Params params, Caller origin) throws RpcError {
    String id = params.text("id");
    require(id);
    int latencyMs = Math.clamp(params.integer("latency"), MIN_LATENCY_MS, bufferMs);
    zones.setLatency(id, latencyMs, origin);
    return outcome(id, p -> Json.of("latency", p.latencyMs()));
  }

  /** The name is kept without blanks around it, but answered as it was given. */
  private Outcome setName(Params params, Caller origin) throws RpcError {
    String id = params.text("id");
    require(id);
    String name = params.text("name");
    zones.setName(id, name, origin);
    return outcome(id, p -> Json.of("name", p.name().equals(name.strip()) ? name : p.name()));
  }

  private Player require(String id) throws RpcError {
    return zones.snapshot().player(id).orElseThrow(() -> RpcError.internal("Client not found"));
  }

  private Outcome outcome(String id, Function<Player, Json> result) throws RpcError {
    ZoneSnapshot now = zones.snapshot();
    Optional<Player> player = now.player(id);
    return new Outcome(
        result.apply(player.orElseThrow(() -> RpcError.internal("Client not found"))),
        now.revision());
  }
}
