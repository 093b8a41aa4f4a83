package dev.tutti.core.zones;

import dev.tutti.core.time.Timers;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Forgets players that have been away for too long. Looks for the first time an hour after the
 * start, when even a machine that forgets the date has been told it, then once an hour.
 */
public final class StalePlayers implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(StalePlayers.class.getName());
  private static final Duration EVERY = Duration.ofHours(1);

  private final ZoneStore zones;
  private final Duration patience;
  private final InstantSource wallClock;
  private final Timers timers;
  private volatile boolean closed;

  private StalePlayers(ZoneStore zones, Duration patience, InstantSource wallClock, Timers timers) {
    this.zones = zones;
    this.patience = patience;
    this.wallClock = wallClock;
    this.timers = timers;
  }

  /**
   * Begins to look.
   *
   * @param patience how long a player may be away; zero for ever
   */
  public static StalePlayers watch(
      ZoneStore zones, Duration patience, InstantSource wallClock, Timers timers) {
    StalePlayers stale = new StalePlayers(zones, patience, wallClock, timers);
    if (!patience.isZero()) {
      stale.plan();
    }
    return stale;
  }

  private void plan() {
    long at = timers.clock().nowMicros() + EVERY.toNanos() / 1000;
    var _ = timers.at(at, "stale-players", this::look);
  }

  private void look() {
    if (closed) {
      return;
    }
    int forgotten = zones.forgetStale(wallClock.instant().minus(patience), this);
    if (forgotten > 0) {
      LOG.log(
          Level.INFO,
          "forgot {0} players that have no name and were away for {1} days",
          forgotten,
          patience.toDays());
    }
    plan();
  }

  @Override
  public void close() {
    closed = true;
  }
}
