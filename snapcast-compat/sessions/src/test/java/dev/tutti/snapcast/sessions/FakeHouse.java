package dev.tutti.snapcast.sessions;

import dev.tutti.snapcast.protocol.ErrorMessage;
import dev.tutti.snapcast.protocol.ServerExtension;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Decides who hears what, and remembers what it was told. */
final class FakeHouse implements Registry {
  private final Map<String, Place> places = new HashMap<>();
  private final List<String> told = new ArrayList<>();
  private final List<String> conflicts = new ArrayList<>();
  private boolean refusing;
  private Optional<ErrorMessage> refusal = Optional.empty();
  private Optional<ServerExtension> extension = Optional.empty();

  /** What it was told, as text: {@code arrived kitchen}. */
  List<String> told() {
    return told;
  }

  List<String> conflicts() {
    return conflicts;
  }

  /** Nobody may come in from now on, but who is welcome. */
  void close(ErrorMessage why) {
    refusal = Optional.of(why);
  }

  @Override
  public Optional<ErrorMessage> refusal(Arrival arrival) {
    return arrival.welcome() ? Optional.empty() : refusal;
  }

  /** From now on those who speak more than Snapcast are told that we do, too. */
  void speak(ServerExtension what) {
    extension = Optional.of(what);
  }

  @Override
  public Optional<ServerExtension> extension() {
    return extension;
  }

  void refuse() {
    refusing = true;
  }

  Place put(String clientId, Place place) {
    places.put(clientId, place);
    return place;
  }

  Place placeOf(String clientId) {
    return places.computeIfAbsent(clientId, id -> new Place("music", 100, false, 0));
  }

  @Override
  public Optional<Place> arrived(Arrival arrival) {
    told.add("arrived " + arrival.clientId());
    return refusing ? Optional.empty() : Optional.of(placeOf(arrival.clientId()));
  }

  @Override
  public Optional<Place> volumeReported(String clientId, int volumePercent, boolean muted) {
    told.add("volume " + clientId + " " + volumePercent + (muted ? " muted" : ""));
    Place before = placeOf(clientId);
    return Optional.of(
        put(clientId, new Place(before.streamId(), volumePercent, muted, before.latencyMs())));
  }

  @Override
  public void seen(String clientId) {
    told.add("seen " + clientId);
  }

  @Override
  public void departed(String clientId) {
    told.add("departed " + clientId);
  }

  @Override
  public void conflict(String clientId, String sentence) {
    conflicts.add(sentence);
  }
}
