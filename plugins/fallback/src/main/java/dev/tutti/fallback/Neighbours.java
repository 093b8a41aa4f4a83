package dev.tutti.fallback;

import dev.tutti.api.json.Json;
import dev.tutti.api.zone.Player;
import dev.tutti.api.zone.ZoneSnapshot;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where players listen for each other, so that they find each other when the server is gone, also
 * where there is no multicast. Thread-safe.
 */
final class Neighbours {
  private static final int MOST = 65;

  private final String key;
  private final Supplier<ZoneSnapshot> zones;

  /** Player to where it listens; the one that was heard last is the last. */
  private final Map<String, String> places =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
          return size() > MOST;
        }
      };

  Neighbours(GroupKey key, Supplier<ZoneSnapshot> zones) {
    this.key = key.hex();
    this.zones = zones;
  }

  /**
   * A player has said at which port it listens.
   *
   * @param from where its question came from, which may be a proxy
   * @return whether that is news
   */
  boolean heard(String player, InetAddress from, int port) {
    String place = address(player, from) + ":" + port;
    synchronized (places) {
      return !place.equals(places.put(player, place));
    }
  }

  /** As its stream's connection has it, if there is one. */
  private String address(String player, InetAddress from) {
    InetAddress at =
        zones
            .get()
            .player(player)
            .filter(Player::connected)
            .flatMap(p -> literal(p.device().ip()))
            .orElse(from);
    String text = at.getHostAddress();
    return at instanceof Inet6Address ? "[" + text + "]" : text;
  }

  private static Optional<InetAddress> literal(String text) {
    try {
      return Optional.of(InetAddress.ofLiteral(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** What a player is told: the key of all, and where the others are. */
  Json of(String player) {
    List<String> others;
    synchronized (places) {
      others =
          places.entrySet().stream()
              .filter(e -> !e.getKey().equals(player))
              .map(Map.Entry::getValue)
              .toList();
    }
    return Json.of("key", key, "at", Json.array(others));
  }
}
