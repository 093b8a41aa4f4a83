package dev.tutti.core.streams;

import dev.tutti.api.Registration;
import dev.tutti.api.audio.Sources;
import dev.tutti.core.plugins.PluginScope;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Which plugin offers which kind of source. */
final class SourceOffers {
  private static final System.Logger LOG = System.getLogger(SourceOffers.class.getName());
  private static final Pattern SCHEME = Pattern.compile("[a-z][a-z0-9+.-]{0,31}");

  /** So long a plugin that goes is kept waiting for its sources to end. */
  private static final long FAREWELL = 1_000_000;

  private record Leaving(Offer offer, CompletableFuture<Boolean> gone, long since) {}

  private final Mailbox mailbox;
  private final Patience patience;
  private final Supplier<List<StreamLine>> lines;
  private final Map<String, Offer> offers = new ConcurrentHashMap<>();
  private final List<Leaving> leaving = new ArrayList<>(); // conductor only
  private long now; // conductor only

  SourceOffers(Mailbox mailbox, Patience patience, Supplier<List<StreamLine>> lines) {
    this.mailbox = mailbox;
    this.patience = patience;
    this.lines = lines;
  }

  /** Who offers a scheme now. Any thread. */
  Optional<Offer> find(String scheme) {
    return Optional.ofNullable(offers.get(scheme));
  }

  /** Where one plugin offers its sources. */
  Sources forPlugin(PluginScope scope) {
    return (scheme, factory) -> provide(new Offer(scheme, factory, scope));
  }

  private Registration provide(Offer offer) {
    if (!SCHEME.matcher(offer.scheme()).matches()) {
      throw new IllegalArgumentException(
          "a scheme is 1 to 32 of a-z 0-9 + . - and begins with a letter, not \""
              + offer.scheme()
              + "\"");
    }
    Offer holder = offers.putIfAbsent(offer.scheme(), offer);
    if (holder != null) {
      throw new IllegalStateException(
          offer.scheme() + ":// is already played by plugin " + holder.scope().pluginId());
    }
    AtomicBoolean closed = new AtomicBoolean();
    AutoCloseable withdrawal =
        () -> {
          if (closed.compareAndSet(false, true)) {
            withdraw(offer);
          }
        };
    Runnable disown = offer.scope().own(withdrawal);
    mailbox.post(() -> linksOf(offer.scheme()).forEach(link -> link.offered(offer)));
    return () -> {
      disown.run();
      if (closed.compareAndSet(false, true)) {
        withdraw(offer);
      }
    };
  }

  /** Takes an offer back and waits a little until no code of the plugin runs any more. */
  private void withdraw(Offer offer) {
    offers.remove(offer.scheme(), offer);
    CompletableFuture<Boolean> gone = new CompletableFuture<>();
    mailbox.post(() -> {
      linksOf(offer.scheme()).forEach(link -> link.withdrawn(offer));
      leaving.add(new Leaving(offer, gone, now));
    });
    try {
      patience.await(gone);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.log(Level.DEBUG, "no answer whether the sources of {0}:// have ended", offer.scheme());
    }
  }

  /** Tells the time. The conductor. */
  void time(long nowMicros) {
    now = nowMicros;
  }

  /** Does what is due; answers when to come again. The conductor. */
  long step() {
    leaving.removeIf(l -> {
      boolean ended = linksOf(l.offer().scheme()).noneMatch(link -> link.uses(l.offer()));
      return (ended || now - l.since() >= FAREWELL) && l.gone().complete(ended);
    });
    return leaving.stream().mapToLong(l -> l.since() + FAREWELL).min().orElse(Long.MAX_VALUE);
  }

  private java.util.stream.Stream<SourceLink> linksOf(String scheme) {
    return lines.get().stream()
        .filter(line -> line.config().uri().scheme().equals(scheme))
        .map(StreamLine::link);
  }
}
