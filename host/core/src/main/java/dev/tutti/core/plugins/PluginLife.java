package dev.tutti.core.plugins;

import dev.tutti.api.ConfigException;
import dev.tutti.api.Plugin;
import dev.tutti.api.StateCorrupt;
import dev.tutti.core.plugins.PluginSettings.Patience;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One life of a plugin, from its loaded classes to their unloading. {@link #start} and then {@link
 * #stop} are called once each, by any thread that may wait; the plugin itself is called on a thread
 * of its own, so that neither ever takes longer than its deadline.
 */
final class PluginLife {
  private static final Logger LOG = System.getLogger(PluginLife.class.getName());

  private final Offer offer;
  private final LoadedCode code;
  private final LiveScope scope;
  private final Patience patience;
  private final Remains remains;
  private final LiveContext context;
  private final LifeThread thread;
  private volatile String degraded = "";
  private volatile @Nullable Plugin plugin;

  /**
   * @param changed called when the plugin says that it is degraded, or well again
   */
  PluginLife(
      Offer offer,
      LoadedCode code,
      HostParts parts,
      Patience patience,
      Remains remains,
      Runnable changed) {
    this.offer = offer;
    this.code = code;
    this.patience = patience;
    this.remains = remains;
    scope = new LiveScope(offer.id(), code.loader(), parts.timers());
    context =
        new LiveContext(
            offer.manifest(),
            scope,
            parts,
            code.publishable(),
            reason -> {
              degraded = reason;
              changed.run();
            });
    thread = new LifeThread(scope);
  }

  /** What plugins that require this one see of it. */
  PluginClassLoader.Export exported() {
    return code.exported();
  }

  LiveScope scope() {
    return scope;
  }

  /** What the plugin says is missing; empty when all is well. */
  String degraded() {
    return degraded;
  }

  /**
   * Constructs and starts the plugin. If that fails, its life has been ended.
   *
   * @return why it failed, in one sentence; empty if it runs
   */
  Optional<String> start() {
    Future<?> started =
        thread.call(() -> {
          Plugin created = code.create().call();
          plugin = created;
          created.start(context);
          return true;
        });
    Optional<String> failure = await(started, "start", patience.start());
    failure.ifPresent(why -> end(patience.threads()));
    return failure;
  }

  /**
   * Lets come to an end what has begun, stops the plugin and ends its life.
   *
   * @param limit for each of these steps
   * @return what went wrong, in one sentence; it is over all the same
   */
  Optional<String> stop(Duration limit) {
    scope.drain(shorter(limit, patience.drain()));
    Future<?> stopped =
        thread.call(() -> {
          Plugin running = plugin;
          if (running != null) {
            running.stop();
          }
          return true;
        });
    Optional<String> problem = await(stopped, "stop", shorter(limit, patience.stop()));
    problem.ifPresent(why -> LOG.log(Level.WARNING, "the plugin '" + offer.id() + "' " + why));
    end(shorter(limit, patience.threads()));
    return problem;
  }

  private Optional<String> await(Future<?> call, String what, Duration limit) {
    try {
      call.get(limit.toNanos(), TimeUnit.NANOSECONDS);
      return Optional.empty();
    } catch (ExecutionException thrown) {
      Throwable cause = thrown.getCause() == null ? thrown : thrown.getCause();
      LOG.log(level(cause), "the plugin '" + offer.id() + "' failed in " + what, cause);
      return Optional.of("failed in " + what + ": " + Sentences.of(cause));
    } catch (TimeoutException hangs) {
      return Optional.of(
          "did not return from %s within %s%s; it was cut off"
              .formatted(what, Sentences.of(limit), thread.whereabouts()));
    } catch (InterruptedException hostEnds) {
      Thread.currentThread().interrupt();
      return Optional.of("was cut off in " + what + " because Tutti ends");
    }
  }

  /** A sentence is enough where somebody wrote one; a bug is shown with its trace. */
  private static Level level(Throwable cause) {
    return switch (cause) {
      case ConfigException e -> Level.DEBUG;
      case StateCorrupt e -> Level.DEBUG;
      case UncheckedIOException e -> Level.DEBUG;
      case RuntimeException e -> Level.WARNING;
      case Error e -> Level.WARNING;
      default -> Level.DEBUG;
    };
  }

  private void end(Duration limit) {
    scope.shut();
    new Closing(scope, limit).run();
    thread.end();
    remains.bury(scope, limit);
    plugin = null;
    try {
      code.unload().close();
    } catch (Exception left) {
      LOG.log(
          Level.WARNING,
          "files of the plugin '" + offer.id() + "' stay until the next start: " + left);
    }
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }
}
