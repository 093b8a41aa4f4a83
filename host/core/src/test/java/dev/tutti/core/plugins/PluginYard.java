package dev.tutti.core.plugins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tutti.api.HostInfo;
import dev.tutti.api.Registration;
import dev.tutti.api.http.Http;
import dev.tutti.core.plugins.PluginSettings.Patience;
import dev.tutti.core.plugins.PluginStatus.State;
import dev.tutti.core.state.SystemDisk;
import dev.tutti.core.time.SystemClock;
import dev.tutti.core.time.SystemTimers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A plugin host with two real folders and real time, and an HTTP server that only notes which
 * routes there are: what a test's plugins leave traces in.
 */
final class PluginYard implements AutoCloseable {
  /** Short, but long enough for a loaded machine where nothing is to be cut off. */
  static final Patience PATIENCE =
      new Patience(
          Duration.ofSeconds(10),
          Duration.ofSeconds(5),
          Duration.ofSeconds(10),
          Duration.ofSeconds(5),
          Duration.ofSeconds(10),
          Duration.ofMillis(20),
          Duration.ofMillis(300),
          Duration.ofMillis(100));

  final Path program;
  final Path user;
  final Path work;
  final Path data;
  final SystemTimers timers = new SystemTimers(new SystemClock());
  final ServiceRegistry services = new ServiceRegistry();
  final MetricsRegistry metrics = new MetricsRegistry();
  final List<String> routes = new CopyOnWriteArrayList<>();
  final List<String> events = new CopyOnWriteArrayList<>();
  final PluginHost host;

  PluginYard(Path folder) {
    this(folder, s -> s);
  }

  PluginYard(Path folder, UnaryOperator<PluginSettings> settings) {
    program = folder.resolve("program");
    user = folder.resolve("user");
    work = folder.resolve("work");
    data = folder.resolve("data");
    host =
        new PluginHost(
            settings.apply(PluginSettings.of(List.of(user, program), work).withPatience(PATIENCE)),
            parts());
    host.onChange(s -> events.add(s.id() + " " + s.state()));
  }

  private HostParts parts() {
    return new HostParts(
        () -> new HostInfo("0.1.0", "yard", 1000),
        new NoConfig(),
        notHere(),
        notHere(),
        notHere(),
        scope -> new NotedHttp(scope, routes),
        notHere(),
        scope -> new Random(1),
        services,
        metrics,
        data,
        new SystemDisk(),
        timers);
  }

  private static <T> Function<PluginScope, T> notHere() {
    return scope -> {
      throw new UnsupportedOperationException("not in this yard");
    };
  }

  static UnaryOperator<PluginSettings> impatient(Duration start, Duration stop, Duration threads) {
    return s ->
        s.withPatience(
            new Patience(
                start,
                threads,
                stop,
                threads,
                PATIENCE.shutdown(),
                PATIENCE.settle(),
                PATIENCE.broken(),
                PATIENCE.rescan()));
  }

  static UnaryOperator<PluginSettings> disabled(String... ids) {
    return s -> s.withDisabled(Set.of(ids));
  }

  /** Starts, and waits until everything runs or was refused. */
  PluginYard open() throws InterruptedException {
    host.start();
    settle();
    return this;
  }

  void settle() throws InterruptedException {
    assertThat(host.awaitSettled(Duration.ofSeconds(60))).as("settled").isTrue();
  }

  PluginStatus status(String id) {
    return host.plugin(id).orElseThrow(() -> new AssertionError(id + " is not there"));
  }

  PluginStatus awaitState(String id, State state) {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> host.plugin(id).map(PluginStatus::state).orElse(null) == state);
    return status(id);
  }

  void awaitRoutes(String... expected) {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(routes).containsExactlyInAnyOrder(expected));
  }

  @Override
  public void close() {
    host.close();
    timers.close();
  }

  private static final class NoConfig implements ConfigReader {
    @Override
    public <R extends Record> R read(String pluginId, Class<R> type) {
      throw new UnsupportedOperationException("no configuration in this yard");
    }
  }

  private record NotedHttp(PluginScope scope, List<String> routes) implements Http {
    @Override
    public Registration route(String method, String pattern, int maxBodyBytes, Handler handler) {
      routes.add(pattern);
      return scope.register("route", () -> routes.remove(pattern));
    }

    @Override
    public Registration files(String prefix, String folder) {
      return route("GET", prefix, call -> null);
    }

    @Override
    public Registration folder(String prefix, Path folder) {
      return route("GET", prefix, call -> null);
    }

    @Override
    public Registration webSocket(String path, WebSocketHandler handler) {
      return route("GET", path, call -> null);
    }

    @Override
    public String baseUrl() {
      return "http://yard";
    }
  }
}
