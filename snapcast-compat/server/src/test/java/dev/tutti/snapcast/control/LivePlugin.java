package dev.tutti.snapcast.control;

import dev.tutti.api.Clock;
import dev.tutti.api.HostInfo;
import dev.tutti.api.Metrics;
import dev.tutti.api.PluginContext;
import dev.tutti.api.Registration;
import dev.tutti.api.Schedule;
import dev.tutti.api.access.Access;
import dev.tutti.api.audio.Sources;
import dev.tutti.api.http.Http;
import dev.tutti.api.net.Network;
import dev.tutti.api.service.Services;
import dev.tutti.api.state.StateCell;
import dev.tutti.api.stream.Streams;
import dev.tutti.api.zone.Zones;
import dev.tutti.core.access.AccessPolicy;
import dev.tutti.core.http.HttpServer;
import dev.tutti.core.http.HttpSettings;
import dev.tutti.core.net.HostPorts;
import dev.tutti.core.net.HostPorts.NamedPort;
import dev.tutti.core.net.LocalNetworks;
import dev.tutti.core.plugins.ServiceRegistry;
import dev.tutti.core.time.SystemClock;
import dev.tutti.core.time.SystemTimers;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * The control server in a host of real sockets, real HTTP and the players of {@link ControlHouse}.
 */
final class LivePlugin implements PluginContext, AutoCloseable {
  final TestScope scope = TestScope.ownThread();
  final ControlHouse house = new ControlHouse(scope);
  final HttpServer http;
  final HostPorts ports =
      HostPorts.open(
          InetAddress.getLoopbackAddress(),
          List.of(new NamedPort("control", 0, "--control-port")),
          HostPorts.PATIENCE);
  final ControlServer control;
  private final Access access;
  private final Clock clock = new SystemClock();
  private final SystemTimers timers = new SystemTimers(clock);

  LivePlugin() {
    this(AccessPolicy.open());
  }

  LivePlugin(Access access) {
    this.access = access;
    http =
        HttpServer.open(
            HttpSettings.of(InetAddress.getLoopbackAddress(), 0, ""),
            LocalNetworks.ofSystem(),
            access,
            false);
    control =
        ControlServer.open(this, ControlHouse.RULES, (channel, first) -> {}, ControlHouse.MACHINE);
    http.start();
  }

  @Override
  public void close() {
    control.close();
    scope.close();
    ports.close();
    http.close();
    timers.close();
  }

  @Override
  public String id() {
    return "snapcast";
  }

  @Override
  public HostInfo host() {
    return new HostInfo("0.1.0", "attic", 1000);
  }

  @Override
  public Streams streams() {
    return house.streams;
  }

  @Override
  public Zones zones() {
    return house.zones;
  }

  @Override
  public Http http() {
    return http.forPlugin(scope);
  }

  @Override
  public Network network() {
    return ports.forPlugin(scope);
  }

  @Override
  public Clock clock() {
    return clock;
  }

  @Override
  public Schedule schedule() {
    return new Schedule() {
      @Override
      public Registration after(Duration delay, Runnable task) {
        return timers.at(clock.nowMicros() + delay.toNanos() / 1000, "after", task);
      }

      @Override
      public Registration every(Duration period, Runnable task) {
        return after(
            period,
            () -> {
              task.run();
              every(period, task);
            });
      }

      @Override
      public Thread thread(String name, Runnable task) {
        throw new UnsupportedOperationException(name);
      }
    };
  }

  @Override
  public RandomGenerator random() {
    return new Random(1);
  }

  @Override
  public System.Logger log() {
    return System.getLogger("plugin.snapcast");
  }

  @Override
  public Metrics metrics() {
    return new Metrics() {
      @Override
      public Counter counter(String name, String help, String... labelsAndValues) {
        return count -> {};
      }

      @Override
      public Registration gauge(
          String name, String help, DoubleSupplier value, String... labelsAndValues) {
        return () -> {};
      }

      @Override
      public Registration gauges(String name, String help, Supplier<List<Sample>> values) {
        return () -> {};
      }
    };
  }

  @Override
  public <R extends Record> R config(Class<R> type) {
    throw new UnsupportedOperationException("config");
  }

  @Override
  public Sources sources() {
    throw new UnsupportedOperationException("sources");
  }

  @Override
  public Services services() {
    ServiceRegistry services = new ServiceRegistry();
    services.offerByHost(Access.class, access);
    return services.forPlugin(scope, type -> true);
  }

  @Override
  public <S extends Record> StateCell<S> state(String name, Class<S> type, S initial) {
    throw new UnsupportedOperationException("state");
  }

  @Override
  public Path data() {
    throw new UnsupportedOperationException("data");
  }

  @Override
  public void leaveOpen(AutoCloseable resource) {
    throw new UnsupportedOperationException("leaveOpen");
  }

  @Override
  public void degraded(String reason) {
    throw new UnsupportedOperationException("degraded");
  }
}
