package dev.tutti.core.zones;

import dev.tutti.api.Registration;
import dev.tutti.api.zone.Zones.ZoneEvent;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Those who are told of each change. Thread-safe; {@link #tell} by one thread at a time. */
final class ZoneListeners {
  private static final System.Logger LOG = System.getLogger(ZoneStore.class.getName());

  private final List<Subscription> all = new CopyOnWriteArrayList<>();

  /** Compared by identity, so that one listener may be registered twice and closed once. */
  private static final class Subscription {
    private final Consumer<ZoneEvent> listener;

    Subscription(Consumer<ZoneEvent> listener) {
      this.listener = listener;
    }
  }

  Registration add(Consumer<ZoneEvent> listener) {
    Subscription subscription = new Subscription(listener);
    all.add(subscription);
    return () -> all.remove(subscription);
  }

  /** One that fails keeps the others from nothing. */
  void tell(ZoneEvent event) {
    for (Subscription subscription : all) {
      try {
        subscription.listener.accept(event);
      } catch (RuntimeException e) {
        LOG.log(
            Level.ERROR, "a listener failed at " + event.kind() + "; the change itself stands", e);
      }
    }
  }
}
