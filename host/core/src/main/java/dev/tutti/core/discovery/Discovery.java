package dev.tutti.core.discovery;

import dev.tutti.api.Registration;
import dev.tutti.core.net.LocalNetworks;
import dev.tutti.core.time.Timers;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Makes this server findable by mDNS: one responder per network, come and gone with the
 * machine's addresses. Everything slow happens on threads of the timers, so that neither start nor
 * stop of the host waits for a network. Thread-safe.
 */
public final class Discovery implements AutoCloseable {
  /** Snapcast's own name; clients look for services whose name begins with it. */
  public static final String INSTANCE = "Snapcast";

  /** How often addresses are looked at. */
  static final Duration LOOK_PERIOD = Duration.ofSeconds(5);

  /** How long {@link #close} waits; the goodbye itself goes out in the first moments. */
  private static final Duration FAREWELL = Duration.ofMillis(300);

  private static final System.Logger LOG = System.getLogger(Discovery.class.getName());

  private final List<Announcement> what;
  private final LocalNetworks networks;
  private final Timers timers;
  private final Responder.Factory factory;

  // Guarded by this.
  private final Map<InetAddress, Place> places = new HashMap<>();
  private final Set<InetAddress> complainedOf = new HashSet<>();
  private @Nullable Registration next;
  private boolean closed;

  Discovery(
      List<Announcement> what, LocalNetworks networks, Timers timers, Responder.Factory factory) {
    this.what = List.copyOf(what);
    this.networks = networks;
    this.timers = timers;
    this.factory = factory;
  }

  /**
   * @param what the services that are enabled
   * @param machineName this machine's host name; empty if unknown
   */
  public static Discovery of(
      List<Announcement> what, String machineName, LocalNetworks networks, Timers timers) {
    String first = machineName.toLowerCase(Locale.ROOT).split("\\.", 2)[0];
    String label = first.replaceAll("[^a-z0-9-]", "");
    String hostName = label.isEmpty() ? "tutti" : "tutti-" + label;
    return new Discovery(what, networks, timers, JmdnsResponder.factory(INSTANCE, hostName));
  }

  /** A network we are present in, or about to be. The responder is there once it has opened. */
  private static final class Place {
    private @Nullable Responder responder;
  }

  /** Begins, unless there is nothing to announce; returns at once. */
  public void start() {
    if (!what.isEmpty()) {
      timers.start("mdns", this::look);
    }
  }

  /** Addresses we answer at now. */
  public synchronized Set<InetAddress> present() {
    Set<InetAddress> here = new HashSet<>();
    places.forEach((address, place) -> {
      if (place.responder != null) {
        here.add(address);
      }
    });
    return here;
  }

  private void look() {
    Set<InetAddress> now = Set.copyOf(networks.addresses());
    List<Responder> gone = new ArrayList<>();
    synchronized (this) {
      if (closed) {
        return;
      }
      places
          .entrySet()
          .removeIf(entry -> {
            if (now.contains(entry.getKey())) {
              return false;
            }
            Responder responder = entry.getValue().responder;
            if (responder != null) {
              gone.add(responder);
            }
            return true;
          });
      complainedOf.retainAll(now);
      for (InetAddress address : now) {
        if (!places.containsKey(address)) {
          Place place = new Place();
          places.put(address, place);
          timers.start("mdns-" + address.getHostAddress(), () -> open(address, place));
        }
      }
      next =
          timers.at(timers.clock().nowMicros() + LOOK_PERIOD.toNanos() / 1000, "mdns", this::look);
    }
    gone.forEach(each -> timers.start("mdns-close", each::close));
  }

  private void open(InetAddress address, Place place) {
    Responder opened;
    try {
      opened = factory.open(address, what);
    } catch (IOException e) {
      complain(address, place, e);
      return;
    }
    synchronized (this) {
      if (place.equals(places.get(address))) {
        place.responder = opened;
        return;
      }
    }
    // The address went, or the host stopped, while we were opening.
    opened.close();
  }

  /** Once per address; the next look tries again. */
  private void complain(InetAddress address, Place place, IOException e) {
    boolean first;
    synchronized (this) {
      places.remove(address, place);
      first = complainedOf.add(address);
    }
    if (first) {
      LOG.log(
          System.Logger.Level.WARNING,
          "cannot announce this server at {0}: {1}; clients there need its address (snapclient -h)."
              + " Trying again",
          address.getHostAddress(),
          e.getMessage());
    }
  }

  /** Withdraws the services; waits a moment for the goodbyes to leave. */
  @Override
  public void close() {
    List<Responder> last = new ArrayList<>();
    synchronized (this) {
      closed = true;
      if (next != null) {
        next.close();
      }
      for (Place place : places.values()) {
        if (place.responder != null) {
          last.add(place.responder);
        }
      }
      places.clear();
    }
    CountDownLatch left = new CountDownLatch(last.size());
    for (Responder each : last) {
      Thread.ofVirtual()
          .name("mdns-close")
          .start(() -> {
            each.close();
            left.countDown();
          });
    }
    try {
      if (!left.await(FAREWELL.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.log(System.Logger.Level.DEBUG, "mDNS is still closing; not waiting for it");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
