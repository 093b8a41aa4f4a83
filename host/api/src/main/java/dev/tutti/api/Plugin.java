package dev.tutti.api;

/**
 * What a drop-in jar adds to Tutti. The class named by {@code entry} in the jar's {@code
 * plugin.json} implements this and has a public constructor without parameters.
 *
 * <p>Order of calls, all on one thread that belongs to the plugin: constructor, {@link #start},
 * and, if start returned, {@link #stop} once. After stop the instance is never used again; a reload
 * makes a new one from a new class loader. Each call has a deadline (10 s to start, 3 s to stop); a
 * plugin that misses it is interrupted, named in the log and quarantined. It never delays the audio
 * of others.
 *
 * <p>Before stop, timers and events fall silent, and calls that are inside the plugin get 0.3 s to
 * come to their end. A replacement whose start fails is followed by a new instance of the plugin it
 * was to replace.
 */
public interface Plugin {
  /**
   * Registers what the plugin offers and returns. Everything obtained from the context (sources,
   * routes, timers, threads, subscriptions) ends with the plugin by itself.
   *
   * @param context the plugin's only door to the host; valid until stop returns
   * @throws Exception with one readable sentence, if the plugin cannot work; it is then quarantined
   *     with that sentence
   */
  void start(PluginContext context) throws Exception;

  /**
   * MAY be implemented to let go of what the context does not own (a device, a process). Called
   * before the context is closed.
   *
   * @throws Exception is logged; the plugin counts as stopped
   */
  default void stop() throws Exception {}
}
