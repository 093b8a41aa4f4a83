package dev.tutti.core.plugins;

import dev.tutti.api.Registration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The life of one started plugin, seen by the parts of the host that give it things. Whoever hands
 * out something that must end with the plugin (a route, a timer, a subscription, a socket)
 * registers the closing here. Closings run in reverse order when the plugin stops, each guarded.
 * Thread-safe.
 *
 * <p>{@link LiveScope} is the implementation, also for tests of what is handed out.
 */
public interface PluginScope {
  /** The plugin's id. */
  String pluginId();

  /**
   * Whether the plugin's life is over; whatever is asked of the host then throws {@link
   * IllegalStateException}.
   */
  boolean closed();

  /**
   * Throws if the plugin's life is over.
   *
   * @throws IllegalStateException naming the plugin
   */
  default void checkOpen() {
    if (closed()) {
      throw new IllegalStateException(
          "the plugin '" + pluginId() + "' has been stopped; it cannot ask the host for anything");
    }
  }

  /**
   * Registers something to close with the plugin. If the scope is closed already, closes it at once
   * and throws {@link IllegalStateException}.
   *
   * @return takes it off the list again, without closing it
   */
  Runnable own(AutoCloseable resource);

  /**
   * As {@link #own(AutoCloseable)}, counted under a kind.
   *
   * @param kind a noun in the singular, shown with its count in {@code tutti plugins info}: route,
   *     timer, subscription
   */
  default Runnable own(String kind, AutoCloseable resource) {
    return own(resource);
  }

  /**
   * Owns a closing, and gives the registration to hand to the plugin: closing it, early or with the
   * plugin, runs the closing once.
   *
   * @param kind as for {@link #own(String, AutoCloseable)}
   */
  default Registration register(String kind, Runnable closing) {
    AtomicBoolean done = new AtomicBoolean();
    AutoCloseable once =
        () -> {
          if (done.compareAndSet(false, true)) {
            closing.run();
          }
        };
    Runnable release = own(kind, once);
    return () -> {
      release.run();
      if (done.compareAndSet(false, true)) {
        closing.run();
      }
    };
  }

  /**
   * Runs a call into plugin code: what it throws is logged with the plugin's id and counted, and
   * goes no further.
   */
  void guard(String what, Runnable call);

  /**
   * Runs a call into plugin code that returns something or fails; the plugin's class loader is the
   * thread's context class loader meanwhile.
   *
   * @throws Exception what the call throws
   */
  default <T> T call(Callable<T> call) throws Exception {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader());
    try {
      return call.call();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /**
   * Queues a call into plugin code on the plugin's own event thread (virtual, one at a time, in
   * order). Dropped once the scope is closed, or, logged and counted, when {@link
   * LiveScope#MAX_EVENTS} wait already.
   */
  void post(String what, Runnable call);

  /** The plugin's class loader. */
  ClassLoader loader();
}
