package dev.tutti.core.plugins;

import dev.tutti.api.Metrics;
import dev.tutti.api.Registration;
import dev.tutti.core.plugins.PluginStatus.State;
import dev.tutti.core.time.SystemClock;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds plugins, runs their lives, and swaps them while everything else goes on. Thread-safe.
 *
 * <pre>
 * folders ──► PluginFolders ──► Catalog ──► PluginBook ──► PluginLife ──► the plugin
 *  (jars)     (complete?)       (which of   (what next?)   (its thread,   (start, stop)
 *                                several?)                  its scope)
 * </pre>
 *
 * <p>One thread, {@code plugins}, decides; it never waits for a plugin. Each start and stop is
 * waited for on a virtual thread, which reports back.
 */
public final class PluginHost implements AutoCloseable {
  private static final Logger LOG = System.getLogger(PluginHost.class.getName());

  private final PluginSettings settings;
  private final ExecutorService conductor;
  private final Remains remains = new Remains();
  private final StatusBoard board = new StatusBoard(remains);
  private final PluginConductor plugins;
  private final List<Registration> figures;
  private @Nullable PluginFolders folders;
  private boolean closed;

  public PluginHost(PluginSettings settings, HostParts parts) {
    this.settings = settings;
    conductor =
        Executors.newSingleThreadExecutor(
            Thread.ofPlatform()
                .name("plugins")
                .daemon(true)
                .inheritInheritableThreadLocals(false)
                .factory());
    plugins = new PluginConductor(settings, parts, remains, board, this::tell);
    Metrics metrics = parts.metrics().forHost();
    figures =
        List.of(
            metrics.gauge("plugins_running", "Plugins that run", this::running),
            metrics.gauge(
                "plugins_abandoned_threads",
                "Threads of stopped plugins that ignored their interruption",
                remains::count));
  }

  /**
   * Looks at the folders, without starting anything: what {@code tutti plugins list} shows when no
   * server runs. Those that would run are {@link PluginStatus.State#LOADED}.
   *
   * @throws IOException if there is no place for a temporary copy of the jars
   */
  public static List<PluginStatus> inspect(PluginSettings settings) throws IOException {
    return PluginInspection.of(settings);
  }

  /**
   * Looks through the folders, begins to start what is there, and watches. Returns at once. Called
   * once.
   */
  public synchronized void start() {
    if (settings.none() || settings.folders().isEmpty()) {
      tell(plugins::scanned);
      return;
    }
    try {
      WorkFolder work = WorkFolder.open(settings.workFolder());
      tell(() -> plugins.useWorkFolder(work));
      PluginFolders watched =
          new PluginFolders(
              settings.folders(),
              settings.patience(),
              new SystemClock(),
              new JarStore(work.jars(), plugins::hashesToKeep),
              (jars, fresh) -> tell(() -> plugins.jars(jars, fresh)));
      folders = watched;
      watched.start();
    } catch (IOException failed) {
      LOG.log(
          Level.ERROR,
          "no plugins: cannot copy them to %s (%s); make it writable or free some space"
              .formatted(settings.workFolder(), failed));
      tell(plugins::scanned);
    }
  }

  /**
   * Waits until everything that is wanted runs, or has been refused.
   *
   * @return false if something is still starting or stopping
   */
  public boolean awaitSettled(Duration limit) throws InterruptedException {
    try {
      settled().get(limit.toNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException stillBusy) {
      return false;
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private CompletableFuture<Void> settled() {
    CompletableFuture<Void> done = new CompletableFuture<>();
    tell(() -> plugins.whenSettled(() -> done.complete(null)));
    return done;
  }

  /** Adds a built-in plugin and begins to start it; of the same id as a jar, it comes first. */
  public CompletableFuture<PluginStatus> add(PluginSource source) {
    tell(() -> plugins.add(source));
    return settled().thenApply(done -> require(source.manifest().id()));
  }

  /** Stops a built-in plugin and forgets it. */
  public CompletableFuture<Void> remove(String id) {
    tell(() -> plugins.remove(id));
    return settled();
  }

  /**
   * Stops a plugin and what requires it, and starts them again; a quarantined one gets another
   * chance.
   *
   * @return how it is afterwards; fails with {@link NoSuchElementException} if there is none of
   *     this id
   */
  public CompletableFuture<PluginStatus> reload(String id) {
    tell(() -> plugins.reload(id));
    return settled().thenApply(done -> require(id));
  }

  private PluginStatus require(String id) {
    return plugin(id)
        .orElseThrow(() -> new NoSuchElementException("there is no plugin '" + id + "'"));
  }

  private int running() {
    return (int)
        board.read().stream()
            .filter(p -> p.state() == State.RUNNING || p.state() == State.DEGRADED)
            .count();
  }

  /** Every plugin and every jar that is not used, by id. */
  public List<PluginStatus> plugins() {
    return board.read();
  }

  /** The plugin of an id; of several jars with that id, the one that is used. */
  public Optional<PluginStatus> plugin(String id) {
    return plugins().stream().filter(p -> p.id().equals(id)).findFirst();
  }

  /**
   * Told of each change of a state or a reason, in order, on a host thread; must return at once.
   */
  public Registration onChange(Consumer<PluginStatus> listener) {
    return board.onChange(listener);
  }

  /** Threads of stopped plugins that ignored their interruption and still run. */
  public int abandonedThreads() {
    return remains.count();
  }

  /** Stops all plugins, in reverse order, within the deadline for the shutdown. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    figures.forEach(Registration::close);
    PluginFolders watched = folders;
    if (watched != null) {
      watched.close();
    }
    tell(plugins::shutDown);
    try {
      if (!awaitSettled(settings.patience().shutdown())) {
        LOG.log(Level.WARNING, "not every plugin has stopped in time; they end with the program");
      }
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
    tell(plugins::release);
    conductor.shutdown();
  }

  /** Has the conductor do something; after the end nothing is done. */
  private void tell(Runnable what) {
    try {
      conductor.execute(() -> {
        try {
          what.run();
        } catch (RuntimeException | Error bug) {
          LOG.log(Level.ERROR, "the plugin host failed; please report this", bug);
        }
      });
    } catch (RejectedExecutionException ended) {
      LOG.log(Level.DEBUG, "the plugin host has ended");
    }
  }
}
