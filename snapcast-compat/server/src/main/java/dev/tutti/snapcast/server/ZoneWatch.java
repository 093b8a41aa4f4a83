package dev.tutti.snapcast.server;

import dev.tutti.api.zone.Group;
import dev.tutti.api.zone.Player;
import dev.tutti.api.zone.ZoneSnapshot;
import dev.tutti.api.zone.Zones.ZoneEvent;
import dev.tutti.snapcast.server.StreamShell.SessionTask;
import dev.tutti.snapcast.sessions.Place;
import dev.tutti.snapcast.sessions.Sessions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Carries what the house decides to the sessions. Events come on the plugin's thread; of several
 * changes of the whole picture only the last one is looked at.
 */
final class ZoneWatch {
  private final ZoneRegistry registry;
  private final Sink sink;
  private final AtomicReference<@Nullable ZoneSnapshot> pending = new AtomicReference<>();

  /** Where tasks for the sessions go. */
  @FunctionalInterface
  interface Sink {
    void post(SessionTask task);
  }

  /**
   * @param sink runs tasks in order, on the thread of the sessions
   */
  ZoneWatch(ZoneRegistry registry, Sink sink) {
    this.registry = registry;
    this.sink = sink;
  }

  /** On the plugin's thread. */
  void changed(ZoneEvent event) {
    switch (event.kind()) {
      case PLAYER_VOLUME -> {
        // What a client reported itself it knows already.
        if (event.origin() != registry) {
          sink.post((sessions, now) -> registry.volumeSet(event.subjectId()));
          player(event);
        }
      }
      case PLAYER_LATENCY, PLAYER_MIX -> player(event);
      case GROUP_MUTE, GROUP_STREAM, GROUP_VOLUME, GROUP_MIX -> group(event);
      case LAYOUT -> everything(event.now());
      case PLAYER_CONNECTED, PLAYER_DISCONNECTED, PLAYER_NAME, GROUP_NAME -> {}
    }
  }

  private void player(ZoneEvent event) {
    String id = event.subjectId();
    ZoneRegistry.placeIn(event.now(), id).ifPresent(place -> apply(event.now(), Map.of(id, place)));
  }

  private void group(ZoneEvent event) {
    event.now().group(event.subjectId()).ifPresent(g -> apply(event.now(), places(List.of(g))));
  }

  private static Map<String, Place> places(List<Group> groups) {
    Map<String, Place> places = new HashMap<>();
    for (Group group : groups) {
      for (Player player : group.players()) {
        places.put(player.id(), ZoneRegistry.place(group, player));
      }
    }
    return places;
  }

  private void apply(ZoneSnapshot snapshot, Map<String, Place> places) {
    sink.post((sessions, now) ->
        places.forEach((id, place) -> {
          if (!registry.arrivedAfter(id, snapshot)) {
            sessions.place(id, registry.told(id, place), now);
          }
        }));
  }

  private void everything(ZoneSnapshot snapshot) {
    if (pending.getAndSet(snapshot) == null) {
      sink.post((sessions, now) -> {
        ZoneSnapshot latest = pending.getAndSet(null);
        if (latest != null) {
          applyAll(latest, sessions, now);
        }
      });
    }
  }

  private void applyAll(ZoneSnapshot snapshot, Sessions sessions, long nowMicros) {
    Map<String, Place> places = places(snapshot.groups());
    for (String id : sessions.clientIds()) {
      if (!registry.arrivedAfter(id, snapshot)) {
        Place place = places.get(id);
        if (place == null) {
          sessions.forget(id, nowMicros);
        } else {
          sessions.place(id, registry.told(id, place), nowMicros);
        }
      }
    }
  }
}
