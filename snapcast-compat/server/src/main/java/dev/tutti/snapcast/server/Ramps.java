package dev.tutti.snapcast.server;

import dev.tutti.api.zone.ZoneSnapshot;
import dev.tutti.snapcast.sessions.Place;
import dev.tutti.snapcast.sessions.Sessions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Clients that are heard for the first time, their volume on its way up from nothing, so that a new
 * box at full gain frightens nobody. Used by the I/O thread.
 */
final class Ramps {
  /** From one volume to the next; a client takes a change at once, so steps are small. */
  static final Duration STEP = Duration.ofMillis(100);

  private final LongSupplier clock;
  private final Map<String, Ramp> rising = new HashMap<>();
  private Runnable soon = () -> {};

  private record Ramp(long fromMicros, long lengthMicros) {
    long percentAt(long nowMicros) {
      return Math.clamp((nowMicros - fromMicros) * 100 / lengthMicros, 0, 100);
    }
  }

  Ramps(LongSupplier clock) {
    this.clock = clock;
  }

  /** Sets what has {@link #step} called a {@link #STEP} later. */
  void onWork(Runnable soon) {
    this.soon = soon;
  }

  /**
   * @param length zero for none
   */
  void begin(String clientId, Duration length) {
    if (!length.isZero()) {
      rising.put(clientId, new Ramp(clock.getAsLong(), length.toNanos() / 1000));
      soon.run();
    }
  }

  /** Somebody has said how loud it is to be. */
  void end(String clientId) {
    rising.remove(clientId);
  }

  /** A place with as much of its volume as it has by now. */
  Place risen(String clientId, Place place) {
    Ramp ramp = rising.get(clientId);
    if (ramp == null) {
      return place;
    }
    long percent = place.volumePercent() * ramp.percentAt(clock.getAsLong()) / 100;
    return new Place(
        place.streamId(), (int) percent, place.muted(), place.latencyMs(), place.mix());
  }

  /** Tells all that rise how loud they are by now. */
  void step(Sessions sessions, long nowMicros, Supplier<ZoneSnapshot> zones) {
    for (String id : List.copyOf(rising.keySet())) {
      ZoneRegistry.placeIn(zones.get(), id)
          .ifPresent(place -> sessions.place(id, risen(id, place), nowMicros));
    }
    rising.values().removeIf(ramp -> ramp.percentAt(nowMicros) == 100);
    if (!rising.isEmpty()) {
      soon.run();
    }
  }
}
