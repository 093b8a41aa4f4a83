package dev.tutti.snapcast.sessions;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The overlays that are planned or sound, and whom they are for. */
final class Overlays {
  /** An overlay is kept so long after its end, for listeners with a delay. */
  static final long TAIL = 500_000;

  private static final long KEPT = 3_000_000;

  private final Map<Overlay, Set<String>> audience = new LinkedHashMap<>();

  void add(Overlay overlay, Set<String> clientIds) {
    audience.put(overlay, Set.copyOf(clientIds));
  }

  /** Forgets an overlay; answers whom it was for. */
  Set<String> remove(Overlay overlay) {
    Set<String> ids = audience.remove(overlay);
    return ids == null ? Set.of() : ids;
  }

  /** Some do not hear an overlay any more; answers who of them had. */
  Set<String> leave(Overlay overlay, Set<String> clientIds) {
    Set<String> had = audience.getOrDefault(overlay, Set.of());
    Set<String> leaving = new HashSet<>(had);
    leaving.retainAll(clientIds);
    Set<String> staying = new HashSet<>(had);
    staying.removeAll(clientIds);
    if (staying.isEmpty()) {
      audience.remove(overlay);
    } else {
      audience.put(overlay, staying);
    }
    return leaving;
  }

  boolean isEmpty() {
    return audience.isEmpty();
  }

  /**
   * What a client is still to be sent.
   *
   * @param fromMicros overlays that are over then are left out
   */
  List<Overlay> of(String clientId, boolean muted, long fromMicros) {
    List<Overlay> found = new ArrayList<>();
    audience.forEach((overlay, ids) -> {
      boolean current = fromMicros < overlay.overMicros() + TAIL;
      if (current && ids.contains(clientId) && (overlay.reachesMuted() || !muted)) {
        found.add(overlay);
      }
    });
    return found;
  }

  /** Everybody an overlay is for. */
  Set<String> everybody() {
    Set<String> all = new HashSet<>();
    audience.values().forEach(all::addAll);
    return all;
  }

  void forgetOld(long nowMicros) {
    audience.keySet().removeIf(overlay -> nowMicros > overlay.overMicros() + KEPT);
  }
}
