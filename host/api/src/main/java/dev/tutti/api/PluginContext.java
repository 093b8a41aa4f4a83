package dev.tutti.api;

import dev.tutti.api.audio.Sources;
import dev.tutti.api.http.Http;
import dev.tutti.api.net.Network;
import dev.tutti.api.service.Services;
import dev.tutti.api.state.StateCell;
import dev.tutti.api.stream.Streams;
import dev.tutti.api.zone.Zones;
import java.nio.file.Path;
import java.util.random.RandomGenerator;

/**
 * A plugin's view of the host. Typed, thread-safe unless a method says otherwise, and dead with the
 * plugin: whatever was registered through it is removed when the plugin stops, fails or is
 * replaced. After that every method throws {@link IllegalStateException}.
 */
public interface PluginContext {
  /** The id from the manifest. */
  String id();

  /**
   * The plugin's settings, from the table {@code [plugins.ID]} of the configuration, bound to a
   * record. Names are kebab-case in the file ({@code gain-db} for {@code gainDb}). {@link Doc},
   * {@link Range} and {@link Default} on components give text, limits and defaults; a component
   * without a value and without a default is null (reference types), 0, NaN or false. Component
   * types: String, boolean, int, long, double, Duration (a number of milliseconds, or text such as
   * {@code "2s"}), Path, enums, types with a {@code public static T parse(String)} such as {@link
   * dev.tutti.api.audio.SampleFormat}, nested records, List and Map (String keys) of these. A List
   * or Map without a value is empty; a nested record is always there, made of its own defaults.
   *
   * @throws ConfigException naming file, line and key, what was expected and the nearest valid key
   */
  <R extends Record> R config(Class<R> type);

  /** The host: version, name, buffer. */
  HostInfo host();

  /** Where the plugin offers sources by URI scheme. */
  Sources sources();

  /** The streams: look, command, listen. */
  Streams streams();

  /** Players, groups and rooms. */
  Zones zones();

  /** Routes, WebSockets and panels on the host's HTTP server. */
  Http http();

  /**
   * Listening TCP sockets; the host keeps them open while a plugin is swapped.
   *
   * @throws IllegalStateException also if the manifest does not declare the permission {@code
   *     network}
   */
  Network network();

  /** Services of other plugins, and those this plugin offers. */
  Services services();

  /**
   * The plugin's persistent state of this type, kept in its data folder under the given name. The
   * same name gives the same cell.
   *
   * @param name lower-case letters, digits and dashes; names the file
   * @param initial used when nothing is stored yet
   * @throws StateCorrupt if the stored file cannot be read; the file is kept, untouched
   */
  <S extends Record> StateCell<S> state(String name, Class<S> type, S initial);

  /** The server clock. */
  Clock clock();

  /** Timers and threads that end with the plugin. */
  Schedule schedule();

  /** Random numbers; seeded in tests. */
  RandomGenerator random();

  /** The plugin's own folder for data, created on first use. Survives reloads and updates. */
  Path data();

  /** The plugin's log; lines carry the plugin's id. */
  System.Logger log();

  /** Counters and gauges, shown under {@code /metrics}. */
  Metrics metrics();

  /**
   * Leaves something open that the plugin's successor will open again, so that nobody outside
   * notices a swap: the reading end of a pipe, say. To be called in {@link Plugin#stop}; the host
   * closes it three seconds later.
   *
   * @param resource an object of the JDK; one of the plugin's own would keep the plugin in memory
   * @throws IllegalArgumentException if it is not
   */
  void leaveOpen(AutoCloseable resource);

  /**
   * Tells the host and the user that the plugin runs, but not fully. Shown in {@code tutti plugins
   * info}.
   *
   * @param reason one sentence that says what is missing and what to do; empty when all is well
   *     again
   */
  void degraded(String reason);
}
