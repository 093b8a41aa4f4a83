package dev.tutti.core.zones;

import dev.tutti.api.Registration;
import dev.tutti.api.audio.MixSettings;
import dev.tutti.api.zone.Group;
import dev.tutti.api.zone.Player;
import dev.tutti.api.zone.PlayerRule;
import dev.tutti.api.zone.ZoneSnapshot;
import dev.tutti.api.zone.Zones;
import dev.tutti.api.zone.Zones.ZoneEvent.Kind;
import dev.tutti.core.plugins.PluginScope;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/**
 * The players and groups of the house: one writer at a time, any number of readers, never waiting
 * for a disk. Each accepted change raises the revision by one and makes exactly one event, also
 * where it changes nothing; players that connect, regroup or vanish count as one change each.
 *
 * <p>Thread-safe; not for audio threads, except {@link #seen} and {@link #latest}. Listeners of the
 * store itself are called by the changing thread with the writer's lock held: they must hand the
 * event on and return. Plugins get theirs through {@link #forPlugin}, on their own threads.
 */
public final class ZoneStore implements Zones {
  private final InstantSource wallClock;
  private final Supplier<String> groupIds;
  private final HouseRules rules;
  private final Newcomers newcomers;
  private final ReentrantLock writer = new ReentrantLock();
  private final ZoneListeners listeners = new ZoneListeners();
  private final SignsOfLife signsOfLife;
  private List<String> streamIds = List.of();
  private volatile ZoneSnapshot now;

  /**
   * @param known the groups of an earlier run; their players count as not connected
   * @param wallClock for {@code lastSeen}
   * @param random for the ids of new groups
   * @param initialVolumePercent of players never seen before
   */
  public ZoneStore(
      List<Group> known,
      InstantSource wallClock,
      RandomGenerator random,
      int initialVolumePercent) {
    this(known, wallClock, random, initialVolumePercent, HouseRules.NONE);
  }

  /**
   * As the other.
   *
   * @param rules for rooms and for players of a kind
   */
  public ZoneStore(
      List<Group> known,
      InstantSource wallClock,
      RandomGenerator random,
      int initialVolumePercent,
      HouseRules rules) {
    this.rules = rules;
    this.wallClock = wallClock;
    this.signsOfLife = new SignsOfLife(wallClock);
    this.groupIds = new GroupIds(random);
    this.newcomers = new Newcomers(rules, groupIds, ZoneLimits.percent(initialVolumePercent));
    this.now =
        new ZoneSnapshot(
            0,
            new ZoneLayout(rules.withRooms(known))
                .withAllPlayers(p -> PlayerChanges.left(p, p.lastSeen()))
                .groups());
  }

  /** The same store for one plugin: its listeners run on its thread and end with it. */
  public Zones forPlugin(PluginScope scope) {
    return new PluginZones(this, scope);
  }

  /** The snapshot after the last change; {@code lastSeen} may be older than the truth. */
  public ZoneSnapshot latest() {
    return now;
  }

  @Override
  public ZoneSnapshot snapshot() {
    if (signsOfLife.due()) {
      foldSignsOfLife();
    }
    return now;
  }

  private void foldSignsOfLife() {
    writer.lock();
    try {
      now = new ZoneSnapshot(now.revision(), signsOfLife.fold(layout()).groups());
    } finally {
      writer.unlock();
    }
  }

  @Override
  public Registration onChange(Consumer<ZoneEvent> listener) {
    return listeners.add(listener);
  }

  @Override
  public Player setVolume(String playerId, int percent, boolean muted, Object origin) {
    int volume = ZoneLimits.percent(percent);
    return changePlayer(
        Kind.PLAYER_VOLUME,
        playerId,
        p -> PlayerChanges.volume(p, rules.limited(p, volume), muted),
        origin);
  }

  @Override
  public Player setName(String playerId, String name, Object origin) {
    String given = ZoneLimits.name(name);
    return changePlayer(Kind.PLAYER_NAME, playerId, p -> PlayerChanges.name(p, given), origin);
  }

  @Override
  public Player setLatency(String playerId, int latencyMs, Object origin) {
    int latency = ZoneLimits.latencyMs(latencyMs);
    return changePlayer(
        Kind.PLAYER_LATENCY, playerId, p -> PlayerChanges.latency(p, latency), origin);
  }

  @Override
  public Player setMix(String playerId, MixSettings mix, Object origin) {
    return changePlayer(Kind.PLAYER_MIX, playerId, p -> PlayerChanges.mix(p, mix), origin);
  }

  @Override
  public Group setGroupMix(String groupId, MixSettings mix, Object origin) {
    return changeGroup(Kind.GROUP_MIX, groupId, g -> GroupChanges.mix(g, mix), origin);
  }

  @Override
  public Group setGroupStream(String groupId, String streamId, Object origin) {
    writer.lock();
    try {
      requireGroup(groupId);
      if (!streamIds.contains(streamId)) {
        throw new ZoneException("there is no stream \"" + streamId + "\"");
      }
      return changeGroup(Kind.GROUP_STREAM, groupId, g -> GroupChanges.stream(g, streamId), origin);
    } finally {
      writer.unlock();
    }
  }

  @Override
  public Group setGroupMuted(String groupId, boolean muted, Object origin) {
    return changeGroup(Kind.GROUP_MUTE, groupId, g -> GroupChanges.muted(g, muted), origin);
  }

  @Override
  public Group setGroupName(String groupId, String name, Object origin) {
    String given = ZoneLimits.name(name);
    return changeGroup(Kind.GROUP_NAME, groupId, g -> GroupChanges.name(g, given), origin);
  }

  @Override
  public Group setGroupVolume(String groupId, int percent, Object origin) {
    int volume = ZoneLimits.percent(percent);
    return changeGroup(Kind.GROUP_VOLUME, groupId, g -> GroupChanges.volume(g, volume), origin);
  }

  @Override
  public PlayerRule ruleOf(Arrival arrival) {
    return rules.ruleOf(arrival);
  }

  /**
   * Forgets players without a name that have not been here since an instant.
   *
   * @return how many
   */
  public int forgetStale(Instant before, Object origin) {
    writer.lock();
    try {
      foldSignsOfLife();
      ZoneLayout next = layout().withoutStale(before);
      int forgotten = layout().playerCount() - next.playerCount();
      if (forgotten > 0) {
        publish(Kind.LAYOUT, "", next, origin);
      }
      return forgotten;
    } finally {
      writer.unlock();
    }
  }

  @Override
  public ZoneSnapshot setGroupPlayers(String groupId, List<String> playerIds, Object origin) {
    writer.lock();
    try {
      requireGroup(groupId);
      return publish(Kind.LAYOUT, "", layout().regrouped(groupId, playerIds, groupIds), origin);
    } finally {
      writer.unlock();
    }
  }

  @Override
  public ZoneSnapshot forget(String playerId, Object origin) {
    writer.lock();
    try {
      requirePlayer(playerId);
      return publish(Kind.LAYOUT, "", layout().without(playerId), origin);
    } finally {
      writer.unlock();
    }
  }

  @Override
  public Player connected(Arrival arrival, Object origin) {
    String id = arrival.playerId();
    writer.lock();
    try {
      signsOfLife.forget(id);
      Instant seen = wallClock.instant();
      if (layout().player(id).isPresent()) {
        ZoneLayout next = layout().withPlayer(id, p -> newcomers.again(p, arrival, seen));
        publish(Kind.PLAYER_CONNECTED, id, next, origin);
        return next.player(id).orElseThrow();
      }
      Player player = newcomers.player(arrival, seen);
      ZoneLayout next = newcomers.placed(layout(), player, streamIds);
      publish(Kind.LAYOUT, "", next, origin);
      return player;
    } finally {
      writer.unlock();
    }
  }

  @Override
  public void seen(String playerId) {
    signsOfLife.seen(playerId);
  }

  /** Does nothing for a player that was forgotten meanwhile or counts as gone already. */
  @Override
  public void disconnected(String playerId, Object origin) {
    writer.lock();
    try {
      signsOfLife.forget(playerId);
      if (layout().player(playerId).filter(Player::connected).isPresent()) {
        Instant seen = wallClock.instant();
        publish(
            Kind.PLAYER_DISCONNECTED,
            playerId,
            layout().withPlayer(playerId, p -> PlayerChanges.left(p, seen)),
            origin);
      }
    } finally {
      writer.unlock();
    }
  }

  /**
   * Tells which streams there are, in order; the first is the default. Groups whose stream is gone
   * move to it, each with an event. An empty list moves nobody: there is nowhere to go.
   */
  public void streamsChanged(List<String> ids, Object origin) {
    writer.lock();
    try {
      streamIds = List.copyOf(ids);
      if (streamIds.isEmpty()) {
        return;
      }
      for (Group group : now.groups()) {
        if (!streamIds.contains(group.streamId())) {
          changeGroup(
              Kind.GROUP_STREAM,
              group.id(),
              g -> GroupChanges.stream(g, defaultStreamId()),
              origin);
        }
      }
    } finally {
      writer.unlock();
    }
  }

  private String defaultStreamId() {
    return streamIds.isEmpty() ? "" : streamIds.getFirst();
  }

  private Player changePlayer(
      Kind kind, String playerId, UnaryOperator<Player> change, Object origin) {
    writer.lock();
    try {
      requirePlayer(playerId);
      return publish(kind, playerId, layout().withPlayer(playerId, change), origin)
          .player(playerId)
          .orElseThrow();
    } finally {
      writer.unlock();
    }
  }

  private Group changeGroup(Kind kind, String groupId, UnaryOperator<Group> change, Object origin) {
    writer.lock();
    try {
      requireGroup(groupId);
      return publish(kind, groupId, layout().withGroup(groupId, change), origin)
          .group(groupId)
          .orElseThrow();
    } finally {
      writer.unlock();
    }
  }

  private ZoneLayout layout() {
    return new ZoneLayout(now.groups());
  }

  private void requirePlayer(String playerId) {
    require(layout().player(playerId), "player", playerId);
  }

  private void requireGroup(String groupId) {
    require(layout().group(groupId), "group", groupId);
  }

  private static void require(Optional<?> found, String kind, String id) {
    if (found.isEmpty()) {
      throw new ZoneException("there is no " + kind + " \"" + id + "\"");
    }
  }

  /** The lock is held, so that all listeners see all events in one order. */
  private ZoneSnapshot publish(Kind kind, String subjectId, ZoneLayout next, Object origin) {
    ZoneSnapshot after = new ZoneSnapshot(now.revision() + 1, next.groups());
    now = after;
    listeners.tell(new ZoneEvent(kind, subjectId, after, origin));
    return after;
  }
}
