package dev.tutti.core.plugins;

import dev.tutti.core.time.Timers;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;

/** What a plugin leaves open for its successor, for a while. Thread-safe. */
final class LeftOpen {
  private static final Logger LOG = System.getLogger(LeftOpen.class.getName());

  /** Longer than a plugin takes to be swapped. */
  static final Duration WHILE = Duration.ofSeconds(3);

  private final String pluginId;
  private final Timers timers;

  LeftOpen(String pluginId, Timers timers) {
    this.pluginId = pluginId;
    this.timers = timers;
  }

  /**
   * @throws IllegalArgumentException if the resource's class is not the JDK's
   */
  void leave(AutoCloseable resource) {
    ClassLoader loader = resource.getClass().getClassLoader();
    if (loader != null && !loader.equals(ClassLoader.getPlatformClassLoader())) {
      throw new IllegalArgumentException(
          resource.getClass().getName()
              + " would keep the plugin in memory; only objects of the JDK can be left open");
    }
    var _ =
        timers.at(
            timers.clock().nowMicros() + WHILE.toNanos() / 1000,
            "plugin-" + pluginId + "-left-open",
            () -> close(resource));
  }

  @SuppressWarnings("CatchThrowable") // close may throw anything; nobody else would say so
  private void close(AutoCloseable resource) {
    try {
      resource.close();
    } catch (Throwable e) {
      LOG.log(Level.WARNING, "what the plugin '" + pluginId + "' left open cannot be closed: " + e);
    }
  }
}
