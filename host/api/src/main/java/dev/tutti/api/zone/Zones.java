package dev.tutti.api.zone;

import dev.tutti.api.Registration;
import dev.tutti.api.audio.MixSettings;
import java.util.function.Consumer;

/**
 * Players and groups. One writer, many readers: every change is applied in order, persisted, then
 * published. Thread-safe; no call blocks on a disk or a network.
 *
 * <p>Every accepted change raises the revision by one and makes exactly one event, also one that
 * sets what was set already; so whoever changed something knows by {@link ZoneSnapshot#revision}
 * when all news up to then have arrived.
 *
 * <p>Changes carry an {@code origin}, any object: it comes back in the event, so that whoever
 * caused a change can leave itself out when it tells others. Unknown ids answer {@link
 * ZoneException}.
 */
public interface Zones {
  ZoneSnapshot snapshot();

  /** Told of each change, in order, with the snapshot after it, on a thread of the plugin. */
  Registration onChange(Consumer<ZoneEvent> listener);

  /**
   * @param percent clamped to 0..100, or to the most the configuration lets this player have
   */
  Player setVolume(String playerId, int percent, boolean muted, Object origin);

  /** The name as given is trimmed; empty means: show the host name. */
  Player setName(String playerId, String name, Object origin);

  /** Clamped to ±10000. */
  Player setLatency(String playerId, int latencyMs, Object origin);

  /** How a player hears its group's stream; {@link MixSettings#NONE} for as it is. */
  Player setMix(String playerId, MixSettings mix, Object origin);

  /** How all players of a group hear its stream, each with its own mix after this one. */
  Group setGroupMix(String groupId, MixSettings mix, Object origin);

  Group setGroupStream(String groupId, String streamId, Object origin);

  Group setGroupMuted(String groupId, boolean muted, Object origin);

  Group setGroupName(String groupId, String name, Object origin);

  /**
   * Sets a group's own volume, which all its players' volumes are multiplied with.
   *
   * @param percent clamped to 0..100
   */
  Group setGroupVolume(String groupId, int percent, Object origin);

  /** What the configuration says of players such as this one. */
  PlayerRule ruleOf(Arrival arrival);

  /**
   * Sets who is in a group. Players left out get groups of their own on the same stream; unknown
   * ids are ignored; emptied groups vanish.
   */
  ZoneSnapshot setGroupPlayers(String groupId, java.util.List<String> playerIds, Object origin);

  /** Forgets a player; a connected one is disconnected. */
  ZoneSnapshot forget(String playerId, Object origin);

  /**
   * A player has connected, or says again who it is. A new one gets what the configuration says of
   * its kind, or a group of its own on the default stream.
   *
   * @return the player as it is now
   */
  Player connected(Arrival arrival, Object origin);

  /** A player has sent a sign of life; kept in memory, not persisted each time. */
  void seen(String playerId);

  /** A player's last connection is gone. Nothing happens if it was forgotten meanwhile. */
  void disconnected(String playerId, Object origin);

  /** Who arrives. */
  record Arrival(String playerId, int instance, Player.Device device, Player.Software software) {}

  /** What changed; {@link #now} is the state right after it. */
  record ZoneEvent(Kind kind, String subjectId, ZoneSnapshot now, Object origin) {
    /** The subject is a player's id for PLAYER_ kinds, a group's for GROUP_ kinds, else empty. */
    public enum Kind {
      /** A known player connected. */
      PLAYER_CONNECTED,
      PLAYER_DISCONNECTED,
      PLAYER_VOLUME,
      PLAYER_LATENCY,
      PLAYER_NAME,
      PLAYER_MIX,
      GROUP_MUTE,
      GROUP_STREAM,
      GROUP_NAME,
      GROUP_VOLUME,
      GROUP_MIX,
      /** A new player, a regrouping, a player forgotten: the whole picture changed. */
      LAYOUT
    }
  }

  /** There is no such player, group or stream. */
  final class ZoneException extends RuntimeException {
    public ZoneException(String message) {
      super(message);
    }
  }
}
