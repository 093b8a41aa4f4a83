package dev.tutti.core.plugins;

import dev.tutti.api.Registration;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Finds plugins, runs their lives, and swaps them while everything else goes on. Thread-safe. */
public final class PluginHost implements AutoCloseable {
  private final PluginSettings settings;
  private final HostParts parts;

  public PluginHost(PluginSettings settings, HostParts parts) {
    this.settings = settings;
    this.parts = parts;
  }

  /**
   * Looks at the folders, without starting anything: what {@code tutti plugins list} shows when no
   * server runs.
   */
  public static List<PluginStatus> inspect(PluginSettings settings) {
    return List.of();
  }

  /** Looks through the folders, begins to start what is there, and watches. Returns at once. */
  public void start() {}

  /**
   * Waits until everything that is wanted runs, or has been refused.
   *
   * @return false if something is still starting or stopping
   */
  public boolean awaitSettled(Duration limit) throws InterruptedException {
    return !limit.isZero();
  }

  /** Adds a built-in plugin and begins to start it; of the same id as a jar, it comes first. */
  public CompletableFuture<PluginStatus> add(PluginSource source) {
    return new CompletableFuture<>();
  }

  /** Stops a built-in plugin and forgets it. */
  public CompletableFuture<Void> remove(String id) {
    return new CompletableFuture<>();
  }

  /**
   * Stops a plugin and what requires it, and starts them again; a quarantined one gets another
   * chance.
   *
   * @return how it is afterwards; fails with {@link java.util.NoSuchElementException} if there is
   *     none of this id
   */
  public CompletableFuture<PluginStatus> reload(String id) {
    return new CompletableFuture<>();
  }

  /** Every plugin and every jar that is not used, by id. */
  public List<PluginStatus> plugins() {
    return inspect(settings);
  }

  /** The plugin of an id; of several jars with that id, the one that is used. */
  public Optional<PluginStatus> plugin(String id) {
    return plugins().stream().filter(p -> p.id().equals(id)).findFirst();
  }

  /**
   * Told of each change of a state or a reason, in order, on a host thread; must return at once.
   */
  public Registration onChange(Consumer<PluginStatus> listener) {
    return () -> {};
  }

  /** Threads of stopped plugins that ignored their interruption and still run. */
  public int abandonedThreads() {
    return 0;
  }

  /** Stops all plugins, in reverse order, within the deadline for the shutdown. */
  @Override
  public void close() {
    parts.timers().start("x", () -> {});
  }
}
