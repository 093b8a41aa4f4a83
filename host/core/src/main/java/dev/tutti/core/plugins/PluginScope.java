package dev.tutti.core.plugins;

/**
 * The life of one started plugin, seen by the parts of the host that give it things. Whoever hands
 * out something that must end with the plugin (a route, a timer, a subscription, a socket)
 * registers the closing here. Closings run in reverse order when the plugin stops, each guarded.
 * Thread-safe.
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
   * Registers something to close with the plugin. If the scope is closed already, closes it at once
   * and throws {@link IllegalStateException}.
   *
   * @return takes it off the list again, without closing it
   */
  Runnable own(AutoCloseable resource);

  /**
   * Runs a call into plugin code: what it throws is logged with the plugin's id and counted, and
   * goes no further.
   */
  void guard(String what, Runnable call);

  /**
   * Queues a call into plugin code on the plugin's own event thread (virtual, one at a time, in
   * order). Dropped once the scope is closed.
   */
  void post(String what, Runnable call);

  /** The plugin's class loader. */
  ClassLoader loader();
}
