package dev.tutti.testkit;

import dev.tutti.snapcast.sessions.Arrival;
import dev.tutti.snapcast.sessions.Place;
import dev.tutti.snapcast.sessions.Registry;
import java.util.Optional;

/** Every client is welcome and hears the one stream at full volume. */
record HouseRegistry(String streamId) implements Registry {
  @Override
  public Optional<Place> arrived(Arrival arrival) {
    return Optional.of(new Place(streamId, 100, false, 0));
  }

  @Override
  public Optional<Place> volumeReported(String clientId, int volumePercent, boolean muted) {
    return Optional.of(new Place(streamId, volumePercent, muted, 0));
  }

  @Override
  public void seen(String clientId) {}

  @Override
  public void departed(String clientId) {}

  @Override
  public void conflict(String clientId, String sentence) {
    if (!sentence.isEmpty()) {
      throw new AssertionError(sentence);
    }
  }
}
