package dev.tutti.core.plugins;

import dev.tutti.api.Clock;
import dev.tutti.api.HostInfo;
import dev.tutti.api.Metrics;
import dev.tutti.api.PluginContext;
import dev.tutti.api.Schedule;
import dev.tutti.api.audio.Sources;
import dev.tutti.api.http.Http;
import dev.tutti.api.net.Network;
import dev.tutti.api.service.Services;
import dev.tutti.api.state.StateCell;
import dev.tutti.api.stream.Streams;
import dev.tutti.api.zone.Zones;
import dev.tutti.core.state.StateCells;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The context of one life of a plugin: asks the host's parts as the plugin asks, keeps each. */
final class LiveContext implements PluginContext {
  static final String NETWORK = "network";

  private final PluginManifest manifest;
  private final LiveScope scope;
  private final HostParts parts;
  private final Consumer<String> degraded;

  private final Once<Sources> sources;
  private final Once<Streams> streams;
  private final Once<Zones> zones;
  private final Once<Http> http;
  private final Once<Network> network;
  private final Once<RandomGenerator> random;
  private final Once<Services> services;
  private final Once<Metrics> metrics;
  private final Once<Schedule> schedule;
  private final Once<StateCells> cells;

  /**
   * @param publishable which services the plugin may offer
   * @param degraded told what the plugin says of its health
   */
  LiveContext(
      PluginManifest manifest,
      LiveScope scope,
      HostParts parts,
      Predicate<Class<?>> publishable,
      Consumer<String> degraded) {
    this.manifest = manifest;
    this.scope = scope;
    this.parts = parts;
    this.degraded = degraded;
    sources = new Once<>(parts.sources());
    streams = new Once<>(parts.streams());
    zones = new Once<>(parts.zones());
    http = new Once<>(parts.http());
    network = new Once<>(parts.network());
    random = new Once<>(parts.random());
    services = new Once<>(s -> parts.services().forPlugin(s, publishable));
    metrics = new Once<>(parts.metrics()::forPlugin);
    schedule = new Once<>(s -> new PluginSchedule(scope, parts.timers()));
    cells = new Once<>(s -> openCells());
  }

  private StateCells openCells() {
    StateCells opened = new StateCells(folder(), parts.disk(), parts.timers(), scope::post);
    scope.own("state", opened);
    return opened;
  }

  private Path folder() {
    return parts.dataFolder().resolve(manifest.id());
  }

  @Override
  public String id() {
    scope.checkOpen();
    return manifest.id();
  }

  @Override
  public <R extends Record> R config(Class<R> type) {
    scope.checkOpen();
    return parts.config().read(manifest.id(), type);
  }

  @Override
  public HostInfo host() {
    scope.checkOpen();
    return parts.host().get();
  }

  @Override
  public Sources sources() {
    return sources.get(scope);
  }

  @Override
  public Streams streams() {
    return streams.get(scope);
  }

  @Override
  public Zones zones() {
    return zones.get(scope);
  }

  @Override
  public Http http() {
    return http.get(scope);
  }

  @Override
  public Network network() {
    if (manifest.permissions().stream().noneMatch(p -> p.name().equals(NETWORK))) {
      throw new IllegalStateException(
          "it listens on the network without saying so; add {\"name\": \"network\", \"reason\":"
              + " \"…\"} to \"permissions\" in plugin.json");
    }
    return network.get(scope);
  }

  @Override
  public Services services() {
    return services.get(scope);
  }

  @Override
  public <S extends Record> StateCell<S> state(String name, Class<S> type, S initial) {
    return cells.get(scope).cell(name, type, initial);
  }

  @Override
  public Clock clock() {
    scope.checkOpen();
    return parts.timers().clock();
  }

  @Override
  public Schedule schedule() {
    return schedule.get(scope);
  }

  @Override
  public RandomGenerator random() {
    return random.get(scope);
  }

  @Override
  public Path data() {
    scope.checkOpen();
    try {
      return Files.createDirectories(folder());
    } catch (IOException failed) {
      throw new UncheckedIOException(
          "its data folder "
              + folder()
              + " cannot be made ("
              + failed
              + "); make room there, or the place writable",
          failed);
    }
  }

  @Override
  public System.Logger log() {
    scope.checkOpen();
    return scope.log();
  }

  @Override
  public Metrics metrics() {
    return metrics.get(scope);
  }

  @Override
  public void leaveOpen(AutoCloseable resource) {
    scope.checkOpen();
    new LeftOpen(scope.pluginId(), parts.timers()).leave(resource);
  }

  @Override
  public void degraded(String reason) {
    scope.checkOpen();
    degraded.accept(reason.strip());
  }

  /** Made when first asked for; there is one per life. */
  private static final class Once<T> {
    private final Function<PluginScope, T> make;
    private @Nullable T made;

    Once(Function<PluginScope, T> make) {
      this.make = make;
    }

    synchronized T get(PluginScope scope) {
      scope.checkOpen();
      T there = made;
      if (there == null) {
        there = make.apply(scope);
        made = there;
      }
      return there;
    }
  }
}
