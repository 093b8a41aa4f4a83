package dev.tutti.snapcast.control;

import dev.tutti.api.access.Credentials;
import dev.tutti.api.access.Scope;
import dev.tutti.api.json.Json;
import dev.tutti.api.zone.ZoneSnapshot;
import dev.tutti.api.zone.Zones;
import dev.tutti.snapcast.control.Fanout.Caller;
import dev.tutti.snapcast.control.Method.Outcome;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** {@code Server.*}. */
final class ServerMethods {
  private static final Set<String> SCHEMES = Set.of("basic", "plain");

  private final Zones zones;
  private final StatusJson status;

  ServerMethods(Zones zones, StatusJson status) {
    this.zones = zones;
    this.status = status;
  }

  List<Method> all() {
    return List.of(
        Method.of(
            "Server.GetRPCVersion",
            Scope.NONE,
            "Tells the version of this API",
            this::getRpcVersion),
        Method.of("Server.GetStatus", Scope.LISTEN, "Tells all there is to know", this::getStatus),
        Method.of("Server.DeleteClient", Scope.CONTROL, "Forgets a client", this::deleteClient),
        Method.of("Server.Authenticate", Scope.NONE, "Says who one is", this::authenticate));
  }

  private Outcome getRpcVersion(Params params, Caller origin) {
    return Outcome.of(Json.of("major", 23, "minor", 0, "patch", 0));
  }

  private Outcome getStatus(Params params, Caller origin) throws RpcError {
    ZoneSnapshot now = zones.snapshot();
    boolean emptyRooms = params.has("emptyRooms") && params.bool("emptyRooms");
    return new Outcome(status.server(now, emptyRooms), now.revision());
  }

  private Outcome deleteClient(Params params, Caller origin) throws RpcError {
    String id = params.text("id");
    if (zones.snapshot().player(id).isEmpty()) {
      throw RpcError.internal("Client not found");
    }
    zones.forget(id, origin);
    ZoneSnapshot now = zones.snapshot();
    return new Outcome(status.server(now), now.revision());
  }

  /** As with snapserver, whoever asks at an open door is welcome, whatever he says. */
  private Outcome authenticate(Params params, Caller origin) throws RpcError {
    String scheme = params.text("scheme");
    String param = params.text("param");
    if (!SCHEMES.contains(scheme.toLowerCase(Locale.ROOT))) {
      throw RpcError.refused(1, "Scheme must be 'Basic' or 'Plain'");
    }
    origin.who().authenticate(Credentials.of(scheme, param));
    return Outcome.of(Json.from("ok"));
  }
}
