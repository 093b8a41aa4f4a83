package dev.tutti.core.zones;

import dev.tutti.api.Registration;
import dev.tutti.api.audio.MixSettings;
import dev.tutti.api.zone.Group;
import dev.tutti.api.zone.Player;
import dev.tutti.api.zone.PlayerRule;
import dev.tutti.api.zone.ZoneSnapshot;
import dev.tutti.api.zone.Zones;
import dev.tutti.core.plugins.PluginScope;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** One plugin's view of the store: events on the plugin's thread, everything over with it. */
final class PluginZones implements Zones {
  private final ZoneStore store;
  private final PluginScope scope;

  PluginZones(ZoneStore store, PluginScope scope) {
    this.store = store;
    this.scope = scope;
  }

  private ZoneStore store() {
    if (scope.closed()) {
      throw new IllegalStateException("plugin " + scope.pluginId() + " has ended");
    }
    return store;
  }

  @Override
  public Registration onChange(Consumer<ZoneEvent> listener) {
    AtomicBoolean open = new AtomicBoolean(true);
    Registration registration =
        store()
            .onChange(event ->
                scope.post(
                    "zones listener",
                    () -> {
                      if (open.get()) {
                        listener.accept(event);
                      }
                    }));
    Runnable disown = scope.own(registration);
    return () -> {
      if (open.compareAndSet(true, false)) {
        disown.run();
        registration.close();
      }
    };
  }

  @Override
  public ZoneSnapshot snapshot() {
    return store().snapshot();
  }

  @Override
  public Player setVolume(String playerId, int percent, boolean muted, Object origin) {
    return store().setVolume(playerId, percent, muted, origin);
  }

  @Override
  public Player setName(String playerId, String name, Object origin) {
    return store().setName(playerId, name, origin);
  }

  @Override
  public Player setLatency(String playerId, int latencyMs, Object origin) {
    return store().setLatency(playerId, latencyMs, origin);
  }

  @Override
  public Player setMix(String playerId, MixSettings mix, Object origin) {
    return store().setMix(playerId, mix, origin);
  }

  @Override
  public Group setGroupMix(String groupId, MixSettings mix, Object origin) {
    return store().setGroupMix(groupId, mix, origin);
  }

  @Override
  public Group setGroupStream(String groupId, String streamId, Object origin) {
    return store().setGroupStream(groupId, streamId, origin);
  }

  @Override
  public Group setGroupMuted(String groupId, boolean muted, Object origin) {
    return store().setGroupMuted(groupId, muted, origin);
  }

  @Override
  public Group setGroupName(String groupId, String name, Object origin) {
    return store().setGroupName(groupId, name, origin);
  }

  @Override
  public Group setGroupVolume(String groupId, int percent, Object origin) {
    return store().setGroupVolume(groupId, percent, origin);
  }

  @Override
  public PlayerRule ruleOf(Arrival arrival) {
    return store().ruleOf(arrival);
  }

  @Override
  public ZoneSnapshot setGroupPlayers(String groupId, List<String> playerIds, Object origin) {
    return store().setGroupPlayers(groupId, playerIds, origin);
  }

  @Override
  public ZoneSnapshot forget(String playerId, Object origin) {
    return store().forget(playerId, origin);
  }

  @Override
  public Player connected(Arrival arrival, Object origin) {
    return store().connected(arrival, origin);
  }

  @Override
  public void seen(String playerId) {
    store().seen(playerId);
  }

  @Override
  public void disconnected(String playerId, Object origin) {
    store().disconnected(playerId, origin);
  }
}
