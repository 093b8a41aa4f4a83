package dev.tutti.web;

import dev.tutti.api.Clock;
import dev.tutti.api.HostInfo;
import dev.tutti.api.Metrics;
import dev.tutti.api.PluginContext;
import dev.tutti.api.Registration;
import dev.tutti.api.Schedule;
import dev.tutti.api.audio.Sources;
import dev.tutti.api.http.Http;
import dev.tutti.api.net.Network;
import dev.tutti.api.service.Services;
import dev.tutti.api.state.StateCell;
import dev.tutti.api.stream.Streams;
import dev.tutti.api.zone.Player;
import dev.tutti.api.zone.Zones;
import dev.tutti.core.http.HttpServer;
import dev.tutti.core.http.HttpSettings;
import dev.tutti.core.net.LocalNetworks;
import dev.tutti.core.plugins.LiveScope;
import dev.tutti.core.time.SystemClock;
import dev.tutti.core.time.SystemTimers;
import dev.tutti.core.zones.ZoneStore;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;

/**
 * The plugin on a real HTTP server, with real zones and streams that only pretend. On loopback, on
 * a free port.
 */
final class PageHost implements PluginContext, AutoCloseable {
  final Clock clock = new SystemClock();
  final FakeHouse streams = new FakeHouse(clock);
  final ZoneStore zones = new ZoneStore(List.of(), InstantSource.system(), new Random(1), 60);
  private final SystemTimers timers = new SystemTimers(clock);
  private final LiveScope scope = new LiveScope("web", getClass().getClassLoader(), timers);
  final HttpServer server;
  Path docRoot = Path.of("");
  String problem = "";

  PageHost() {
    this(0);
  }

  PageHost(int port) {
    server =
        HttpServer.open(
            HttpSettings.of(InetAddress.getLoopbackAddress(), port, "attic"),
            LocalNetworks.ofSystem());
    server.start();
  }

  PageHost start() {
    zones.streamsChanged(streams.list().stream().map(status -> status.id()).toList(), "test");
    new WebPlugin().start(this);
    return this;
  }

  /** A player comes in, with a host name. */
  void join(String id, String hostName) {
    zones.connected(
        new Zones.Arrival(
            id,
            1,
            new Player.Device(hostName, "00:11:22:33:44:55", "192.168.1.20", "Debian", "x86_64"),
            new Player.Software("Snapclient", "0.26.0", 2)),
        "test");
  }

  String groupOf(String playerId) {
    return zones.snapshot().groupOf(playerId).orElseThrow().id();
  }

  @Override
  public void close() {
    scope.close();
    server.close();
    timers.close();
  }

  @Override
  public String id() {
    return "web";
  }

  @Override
  public HostInfo host() {
    return new HostInfo("0.1.0", "attic", 1000);
  }

  @Override
  public Streams streams() {
    return streams;
  }

  @Override
  public Zones zones() {
    return zones.forPlugin(scope);
  }

  @Override
  public Http http() {
    return server.forPlugin(scope);
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
        return timers.at(clock.nowMicros() + delay.toNanos() / 1000, "web", task);
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
        throw notUsed();
      }
    };
  }

  @Override
  public <R extends Record> R config(Class<R> type) {
    return type.cast(new WebSettings(docRoot));
  }

  @Override
  public Sources sources() {
    throw notUsed();
  }

  @Override
  public Network network() {
    throw notUsed();
  }

  @Override
  public Services services() {
    throw notUsed();
  }

  @Override
  public <S extends Record> StateCell<S> state(String name, Class<S> type, S initial) {
    throw notUsed();
  }

  @Override
  public RandomGenerator random() {
    throw notUsed();
  }

  @Override
  public Path data() {
    throw notUsed();
  }

  @Override
  public System.Logger log() {
    throw notUsed();
  }

  @Override
  public Metrics metrics() {
    throw notUsed();
  }

  @Override
  public void leaveOpen(AutoCloseable resource) {
    throw notUsed();
  }

  @Override
  public void degraded(String reason) {
    problem = reason;
  }

  private static UnsupportedOperationException notUsed() {
    return new UnsupportedOperationException("the page does not use this");
  }
}
