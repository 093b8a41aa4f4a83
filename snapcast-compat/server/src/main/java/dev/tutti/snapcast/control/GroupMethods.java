package dev.tutti.snapcast.control;

import dev.tutti.api.access.Scope;
import dev.tutti.api.json.Json;
import dev.tutti.api.stream.StreamStatus;
import dev.tutti.api.stream.Streams;
import dev.tutti.api.zone.Group;
import dev.tutti.api.zone.ZoneSnapshot;
import dev.tutti.api.zone.Zones;
import dev.tutti.snapcast.control.Fanout.Caller;
import dev.tutti.snapcast.control.Method.Outcome;
import java.util.List;
import java.util.function.Function;

/** {@code Group.*}. */
final class GroupMethods {
  private final Zones zones;
  private final Streams streams;
  private final StatusJson status;

  GroupMethods(Zones zones, Streams streams, StatusJson status) {
    this.zones = zones;
    this.streams = streams;
    this.status = status;
  }

  List<Method> all() {
    return List.of(
        Method.of(
            "Group.GetStatus", Scope.LISTEN, "Tells what is known of a group", this::getStatus),
        Method.of("Group.GetVolume", Scope.LISTEN, "Tells the volume of a group", this::getVolume),
        Method.of(
            "Group.SetVolume",
            Scope.CONTROL,
            "Sets the volume its members' volumes are multiplied with",
            this::setVolume),
        Method.of("Group.SetMute", Scope.CONTROL, "Mutes a group", this::setMute),
        Method.of("Group.SetName", Scope.CONTROL, "Names a group", this::setName),
        Method.of(
            "Group.SetStream", Scope.CONTROL, "Lets a group listen to a stream", this::setStream),
        Method.of(
            "Group.SetClients", Scope.CONTROL, "Sets the members of a group", this::setClients));
  }

  private Outcome getStatus(Params params, Caller origin) throws RpcError {
    String id = params.text("id");
    require(id);
    return outcome(id, g -> Json.of("group", status.group(g)));
  }

  /** Not one of Snapcast's, where a group has no volume of its own. */
  private Outcome getVolume(Params params, Caller origin) throws RpcError {
    String id = params.text("id");
    require(id);
    return outcome(id, g -> Json.of("volume", StatusJson.volume(g)));
  }

  private Outcome setVolume(Params params, Caller origin) throws RpcError {
    String id = params.text("id");
    require(id);
    zones.setGroupVolume(id, params.object("volume").integer("percent"), origin);
    return outcome(id, g -> Json.of("volume", StatusJson.volume(g)));
  }

  private Outcome setMute(Params params, Caller origin) throws RpcError {
    String id = params.text("id");
    require(id);
    zones.setGroupMuted(id, params.bool("mute"), origin);
    return outcome(id, g -> Json.of("mute", g.muted()));
  }

  /** The name is kept without blanks around it, but answered as it was given. */
  private Outcome setName(Params params, Caller origin) throws RpcError {
    String id = params.text("id");
    require(id);
    String name = params.text("name");
    zones.setGroupName(id, name, origin);
    return outcome(id, g -> Json.of("name", g.name().equals(name.strip()) ? name : g.name()));
  }

  private Outcome setStream(Params params, Caller origin) throws RpcError {
    String id = params.text("id");
    require(id);
    String streamId = params.text("stream_id");
    if (streams.find(streamId).filter(StreamStatus::audible).isEmpty()) {
      throw RpcError.internal("Stream not found");
    }
    zones.setGroupStream(id, streamId, origin);
    return outcome(id, g -> Json.of("stream_id", g.streamId()));
  }

  private Outcome setClients(Params params, Caller origin) throws RpcError {
    String id = params.text("id");
    require(id);
    zones.setGroupPlayers(id, params.texts("clients"), origin);
    ZoneSnapshot now = zones.snapshot();
    return new Outcome(status.server(now), now.revision());
  }

  private void require(String id) throws RpcError {
    if (zones.snapshot().group(id).isEmpty()) {
      throw RpcError.internal("Group not found");
    }
  }

  private Outcome outcome(String id, Function<Group, Json> result) throws RpcError {
    ZoneSnapshot now = zones.snapshot();
    Group group = now.group(id).orElseThrow(() -> RpcError.internal("Group not found"));
    return new Outcome(result.apply(group), now.revision());
  }
}
