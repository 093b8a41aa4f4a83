package dev.tutti.testkit;

import dev.tutti.api.HostInfo;
import dev.tutti.api.Plugin;
import dev.tutti.api.audio.SampleFormat;
import dev.tutti.api.audio.SourceUri;
import dev.tutti.api.stream.StreamStatus;
import dev.tutti.api.stream.Streams.CommandResult;
import dev.tutti.api.stream.TransportCommand;
import dev.tutti.core.plugins.PluginStatus;
import dev.tutti.core.streams.AnchorStore;
import dev.tutti.core.streams.InlineSources;
import dev.tutti.core.streams.StreamConfig;
import dev.tutti.core.streams.StreamEngine;
import dev.tutti.core.streams.StreamTiming;
import dev.tutti.core.time.VirtualTime;
import dev.tutti.snapcast.sessions.SessionPolicy;
import dev.tutti.snapcast.sessions.StreamServer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A house with rooms, in virtual time: plugins under test, the real stream engine, the real
 * Snapcast sessions, and in each room a client with a stock snapclient's habits at the end of a
 * simulated wire, with a clock of its own. An hour takes seconds; the same seed gives the same run.
 *
 * <pre>{@code
 * try (var house = House.with(new RainPlugin()).rooms("kitchen", "bath").play("rain://")) {
 *   house.run(ofSeconds(30));
 *   assertThat(house.room("kitchen").heard()).hasNoGapsOrClicks();
 * }
 * }</pre>
 *
 * <p>Used by one thread.
 */
public final class House implements AutoCloseable {
  /** The stream that {@link #play} makes. */
  public static final String STREAM = "default";

  private static final int BUFFER_MS = 1000;
  private static final int CHUNK_MS = 20;
  private static final long START_MICROS = 3_600_000_000L;
  private static final long LONGEST_STEP_MICROS = 100_000;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final VirtualTime time = new VirtualTime(START_MICROS);
  private final InlineSources sources = new InlineSources();
  private final StreamEngine engine;
  private final StreamServer server;
  private final HousePlugins plugins;
  private final Map<String, Room> rooms = new LinkedHashMap<>();
  private SplittableRandom random = new SplittableRandom(1);
  private SampleFormat format = SampleFormat.DEFAULT;
  private boolean serverAwake;

  private House() {
    StreamTiming timing = StreamTiming.ofBufferMs(BUFFER_MS);
    engine = new StreamEngine(timing, sources, AnchorStore.NONE, new HousePatience(this::turn));
    HostInfo info = new HostInfo("0.1.0", "house", BUFFER_MS, "house");
    plugins =
        new HousePlugins(info, engine, uri -> stream(uri.option("name").orElse(""), uri), time);
    server =
        new StreamServer(
            new SessionPolicy(BUFFER_MS, Map.of(), false, 1000),
            new HouseRegistry(STREAM),
            new HouseStreams(plugins.hostStreams()),
            dev.tutti.audio.codec.Encoders::open,
            time::nowMicros,
            () -> serverAwake = true);
  }

  /**
   * A house that runs these plugins. A plugin's manifest is the {@code plugin.json} beside its
   * class, if there is one.
   */
  public static House with(Plugin... plugins) {
    House house = new House();
    for (Plugin plugin : plugins) {
      house.add(plugin, "");
    }
    return house;
  }

  /**
   * Adds a plugin with settings.
   *
   * @param toml its table of the configuration, without the heading: {@code gain-db = -30}
   */
  public House add(Plugin plugin, String toml) {
    await(plugins.add(plugin, toml));
    return this;
  }

  /** Another seed for wires and plugins. Before {@link #rooms}. */
  public House seed(long seed) {
    random = new SplittableRandom(seed);
    return this;
  }

  /** Another format for the stream. Before {@link #play}. */
  public House format(SampleFormat streamFormat) {
    format = streamFormat;
    return this;
  }

  /** Rooms on cable, each with a clock of its own, up to 50 ppm off. */
  public House rooms(String... names) {
    for (String name : names) {
      Crystal crystal = new Crystal(random.nextLong(10_000_000_000L), random.nextDouble(-50, 50));
      room(name, crystal, 100, 200);
    }
    return this;
  }

  /**
   * A room with a clock and a wire of one's own choice.
   *
   * @param delayMicros of the wire each way, at least
   * @param jitterMicros at most as much again
   */
  public House room(String name, Crystal crystal, long delayMicros, long jitterMicros) {
    Room room =
        new Room(name, time, crystal, new Wire.Network(delayMicros, jitterMicros), random.split());
    rooms.put(name, room);
    room.join(server);
    return this;
  }

  /** Makes the stream that every room hears. */
  public House play(String uri) {
    engine.add(stream(STREAM, SourceUri.parse(uri)));
    server.feeds().sourceChanged(STREAM);
    turn();
    return this;
  }

  private StreamConfig stream(String id, SourceUri uri) {
    return new StreamConfig(id, uri, format, "pcm", CHUNK_MS);
  }

  /** Lets time pass. */
  public House run(Duration duration) {
    long end = time.nowMicros() + duration.toNanos() / 1000;
    while (time.nowMicros() < end) {
      long wake = turn();
      long due = Math.min(wake, time.nextMicros().orElse(Long.MAX_VALUE));
      long step = Math.clamp(due, time.nowMicros() + 1, time.nowMicros() + LONGEST_STEP_MICROS);
      time.runUntil(Math.min(end, step));
    }
    turn();
    return this;
  }

  /** Everything that can be done at this instant. Answers when there is something to do next. */
  private long turn() {
    long wake;
    boolean again;
    int rounds = 0;
    do {
      serverAwake = false;
      wake = engine.step(time.nowMicros());
      again = sources.run();
      wake = Math.min(wake, server.step(time.nowMicros()));
      again |= serverAwake || wake <= time.nowMicros();
    } while (again && ++rounds < 1000);
    return wake;
  }

  /** Gives the stream a command, as a listener would. */
  public CommandResult command(TransportCommand command) {
    return await(engine.command(STREAM, command));
  }

  /** The stream as listeners hear it. */
  public StreamStatus stream() {
    return engine.find(STREAM).orElseThrow(() -> new IllegalStateException("nothing plays yet"));
  }

  public Room room(String name) {
    Room room = rooms.get(name);
    if (room == null) {
      throw new IllegalArgumentException("there is no room " + name + ", only " + rooms.keySet());
    }
    return room;
  }

  /** How far apart two rooms were over the last second: the median, in absolute value. */
  public Duration offset(String one, String other) {
    long since = time.nowMicros() - 1_000_000;
    long micros = room(one).medianErrorMicros(since) - room(other).medianErrorMicros(since);
    return Duration.ofNanos(Math.abs(micros) * 1000);
  }

  /**
   * Stops a plugin and starts it again, as when its jar is replaced, while everything else goes on.
   */
  public House reload(String pluginId) {
    await(plugins.reload(pluginId));
    return this;
  }

  /** Takes a plugin away. */
  public House remove(String pluginId) {
    await(plugins.remove(pluginId));
    return this;
  }

  /** How the plugins are. */
  public List<PluginStatus> plugins() {
    return plugins.statuses();
  }

  /**
   * Where the house's HTTP server listens on loopback, for plugins with routes. As on a real
   * server, who calls from this machine may do everything, and who comes through a proxy (says so
   * in {@code X-Forwarded-For}) only what everybody may.
   */
  public int httpPort() {
    return plugins.httpPort();
  }

  /** The server clock, which stands still between calls. */
  public long nowMicros() {
    return time.nowMicros();
  }

  /**
   * Waits for another thread's answer while the engine is stepped, without letting virtual time
   * pass.
   */
  <T> T await(CompletableFuture<T> answer) {
    long turns = 0;
    while (true) {
      try {
        turn();
        return answer.get(1, TimeUnit.MILLISECONDS);
      } catch (TimeoutException notYet) {
        if (++turns > PATIENCE.toMillis()) {
          throw new IllegalStateException(
              "no answer within " + PATIENCE.toSeconds() + " s", notYet);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      } catch (ExecutionException e) {
        throw new IllegalStateException(e.getCause());
      }
    }
  }

  @Override
  public void close() {
    // Plugins that stop wait for the engine's answer, so it is stepped meanwhile.
    await(CompletableFuture.runAsync(plugins::close));
    server.close(time.nowMicros());
    engine.close(time.nowMicros());
    sources.run();
  }
}
