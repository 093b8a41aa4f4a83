package dev.tutti.core.zones;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * When players were heard of last. They say so every second, so it is collected here, and only
 * folded into the layout when somebody looks. {@link #seen} and {@link #due} by any thread, {@link
 * #fold} by the writer.
 */
final class SignsOfLife {
  private static final long FOLD_MS = 1000;

  private final InstantSource wallClock;
  private final Map<String, Instant> since = new ConcurrentHashMap<>();
  private volatile long foldedAtMs = Long.MIN_VALUE;

  SignsOfLife(InstantSource wallClock) {
    this.wallClock = wallClock;
  }

  void seen(String playerId) {
    since.put(playerId, wallClock.instant());
  }

  void forget(String playerId) {
    since.remove(playerId);
  }

  /** Whether folding would bring news, and the last time is a while ago. */
  boolean due() {
    return !since.isEmpty() && wallClock.millis() - FOLD_MS >= foldedAtMs;
  }

  ZoneLayout fold(ZoneLayout layout) {
    foldedAtMs = wallClock.millis();
    ZoneLayout next =
        layout.withAllPlayers(p -> {
          Instant seen = since.get(p.id());
          return seen == null ? p : PlayerChanges.seen(p, seen);
        });
    since.clear();
    return next;
  }
}
