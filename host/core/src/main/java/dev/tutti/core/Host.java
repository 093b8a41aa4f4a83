package dev.tutti.core;

import dev.tutti.api.ConfigException;
import dev.tutti.api.HostInfo;
import dev.tutti.api.access.Access;
import dev.tutti.api.net.Fetch;
import dev.tutti.api.stream.StreamStatus;
import dev.tutti.api.zone.Group;
import dev.tutti.core.access.AccessPolicy;
import dev.tutti.core.access.OwnToken;
import dev.tutti.core.config.Configuration;
import dev.tutti.core.config.TuttiConfig;
import dev.tutti.core.debug.DebugRoute;
import dev.tutti.core.discovery.Announcement;
import dev.tutti.core.discovery.Discovery;
import dev.tutti.core.fetch.GuardedFetch;
import dev.tutti.core.http.HostRoutes;
import dev.tutti.core.http.HttpServer;
import dev.tutti.core.http.HttpSettings;
import dev.tutti.core.net.HostPorts;
import dev.tutti.core.net.LocalNetworks;
import dev.tutti.core.plugins.HostParts;
import dev.tutti.core.plugins.MetricsRegistry;
import dev.tutti.core.plugins.PluginHost;
import dev.tutti.core.plugins.PluginSettings;
import dev.tutti.core.plugins.PluginStatus;
import dev.tutti.core.plugins.ServiceRegistry;
import dev.tutti.core.state.Disk;
import dev.tutti.core.state.StateFile;
import dev.tutti.core.state.SystemDisk;
import dev.tutti.core.streams.AddedStreams;
import dev.tutti.core.streams.AnchorFile;
import dev.tutti.core.streams.AnchorStore;
import dev.tutti.core.streams.Conductor;
import dev.tutti.core.streams.Patience;
import dev.tutti.core.streams.SourceThreads;
import dev.tutti.core.streams.StreamConfig;
import dev.tutti.core.streams.StreamEngine;
import dev.tutti.core.streams.StreamTiming;
import dev.tutti.core.time.ClockId;
import dev.tutti.core.time.SystemClock;
import dev.tutti.core.time.SystemTimers;
import dev.tutti.core.time.Timers;
import dev.tutti.core.tls.OwnCertificate;
import dev.tutti.core.zones.HouseRules;
import dev.tutti.core.zones.StalePlayers;
import dev.tutti.core.zones.ZoneKeeper;
import dev.tutti.core.zones.ZoneStore;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * A running Tutti: all parts, put together. Parts start in the order in which they need each other
 * and stop in reverse; what a failed start has begun is undone. Thread-safe.
 */
public final class Host implements AutoCloseable {
  private static final String CLOCK_ID = ClockId.ofSystem();

  private static final int NEW_PLAYER_VOLUME = 100;

  private final Setup setup;
  private final StopOrder parts;
  private final String machineName = MachineName.get();
  private final HostPorts ports;
  private final HttpServer http;
  private final Conductor conductor;
  private final StreamEngine streams;
  private final PluginHost plugins;
  private final Discovery discovery;

  /**
   * What to run.
   *
   * @param streams in order, the first is the default for new players
   * @param dataFolder for state; one host at a time
   * @param pluginFolders watched for jars; earlier ones win
   * @param disabled ids of plugins that are not started
   * @param noPlugins start none at all
   * @param version of the program
   */
  public record Setup(
      Configuration configuration,
      List<StreamConfig> streams,
      Path dataFolder,
      List<Path> pluginFolders,
      Set<String> disabled,
      boolean noPlugins,
      String version) {}

  /** The ports as they are. */
  public record Ports(int stream, int control, int http, OptionalInt https) {}

  private Host(Setup setup, StopOrder parts) {
    this.setup = setup;
    this.parts = parts;
    TuttiConfig.Server server = setup.configuration().host().server();
    InetAddress bind = ServerAddresses.bind(server.bind());
    DataFolder data = parts.add(DataFolder.take(setup.dataFolder()));
    ports =
        parts.add(
            HostPorts.open(
                bind,
                List.of(
                    new HostPorts.NamedPort("stream", server.streamPort(), "--stream-port"),
                    new HostPorts.NamedPort("control", server.controlPort(), "--control-port")),
                HostPorts.PATIENCE));
    AccessPolicy access =
        AccessPolicy.of(
            setup.configuration().host().access(), OwnToken.in(data.path()), new SystemClock());
    http =
        parts.add(
            HttpServer.open(
                httpSettings(bind, server, machineName),
                LocalNetworks.ofSystem(),
                access,
                access.trustsThisMachine()));
    SystemTimers timers = parts.add(new SystemTimers(new SystemClock()));
    MetricsRegistry metrics = new MetricsRegistry();
    Disk disk = new SystemDisk();
    TuttiConfig.Https https = setup.configuration().host().https();
    if (https.enabled()) {
      List<String> names = SecureHttp.names(machineName, server.httpHosts(), bind);
      SecureHttp.open(
          https,
          http,
          new OwnCertificate(data.path().resolve("tls"), names, disk, InstantSource.system()),
          timers);
    }
    AnchorFile anchors = parts.add(new AnchorFile(data.path(), disk, timers, CLOCK_ID));
    streams = streamEngine(anchors);
    AddedStreams added =
        parts.add(
            AddedStreams.restore(
                streams,
                uri -> StreamPlan.one(setup.configuration().host().audio(), uri),
                new StateFile(data.path().resolve(AddedStreams.FILE_NAME), disk),
                timers));
    conductor = parts.add(new Conductor(streams, timers.clock()));
    ZoneStore zones = zones(data.path(), disk, timers);
    added.onList(ids -> zones.streamsChanged(ids, added));
    ServiceRegistry services = new ServiceRegistry();
    services.offerByHost(Access.class, access);
    services.offerByHost(
        Fetch.class, parts.add(GuardedFetch.of(setup.configuration().host().fetch().allow())));
    plugins =
        parts.add(
            new PluginHost(
                pluginSettings(data.path()),
                new HostParts(
                    this::info,
                    setup.configuration()::plugin,
                    streams::sources,
                    added::forPlugin,
                    zones::forPlugin,
                    http::forPlugin,
                    ports::forPlugin,
                    scope -> RandomGenerator.getDefault(),
                    services,
                    metrics,
                    data.path().resolve("state"),
                    disk,
                    timers)));
    new HostRoutes(metrics::render, () -> PluginReport.json(plugins.plugins()))
        .register(http.forHost());
    new DebugRoute(streams, plugins::plugins, http).register(metrics.forHost());
    discovery =
        Discovery.of(
            server.mdns() ? announcements() : List.of(),
            machineName,
            LocalNetworks.ofSystem(),
            timers);
  }

  private StreamEngine streamEngine(AnchorStore anchors) {
    StreamTiming timing = StreamTiming.ofBufferMs(setup.configuration().host().audio().bufferMs());
    StreamEngine engine = new StreamEngine(timing, new SourceThreads(), anchors, Patience.BLOCKING);
    setup.streams().forEach(engine::add);
    return engine;
  }

  private ZoneStore zones(Path data, Disk disk, Timers timers) {
    InstantSource wallClock = InstantSource.system();
    RandomGenerator random = RandomGenerator.getDefault();
    List<Group> known;
    try {
      known = ZoneKeeper.load(data, disk, wallClock, random);
    } catch (IOException e) {
      throw new ConfigException(String.valueOf(e.getMessage()));
    }
    TuttiConfig config = setup.configuration().host();
    HouseRules rules = new HouseRules(config.client(), config.room());
    ZoneStore zones = new ZoneStore(known, wallClock, random, NEW_PLAYER_VOLUME, rules);
    Duration patience = Duration.ofDays(config.players().forgetAfterDays());
    var _ = parts.add(StalePlayers.watch(zones, patience, wallClock, timers));
    var _ = parts.add(ZoneKeeper.keep(zones, data, disk, timers));
    return zones;
  }

  private List<Announcement> announcements() {
    Ports at = ports();
    return Stream.of(
            Announcement.stream(at.stream()),
            Announcement.control(at.control()),
            Announcement.http(at.http()),
            at.https().isPresent()
                ? Announcement.https(at.https().getAsInt())
                : List.<Announcement>of())
        .flatMap(List::stream)
        .toList();
  }

  /**
   * Starts everything. Plugins go on starting after this returns; see {@link #awaitPlugins}.
   *
   * @throws dev.tutti.core.net.PortUnavailable if a port cannot be had
   * @throws ConfigException if the data folder or the address cannot be used
   */
  public static Host start(Setup setup) {
    StopOrder parts = new StopOrder();
    try {
      Host host = new Host(setup, parts);
      host.conductor.start();
      host.plugins.start();
      host.http.start();
      parts.add(host.discovery).start();
      return host;
    } catch (RuntimeException e) {
      parts.close();
      throw e;
    }
  }

  /** Waits until each plugin runs or has been refused; false if some are still busy. */
  public boolean awaitPlugins(Duration limit) throws InterruptedException {
    return plugins.awaitSettled(limit);
  }

  public Ports ports() {
    return new Ports(
        ports.address("stream").getPort(),
        ports.address("control").getPort(),
        http.address().getPort(),
        http.securePort());
  }

  /** The address to open in a browser, with a closing slash. */
  public String url() {
    return http.baseUrl() + "/";
  }

  /** What a client is told to connect to: an address of this machine. */
  public String address() {
    InetAddress bind = http.address().getAddress();
    return bind.isAnyLocalAddress()
        ? LocalNetworks.ofSystem().outward().map(InetAddress::getHostAddress).orElse("localhost")
        : bind.getHostAddress();
  }

  /** Waits until each stream has its source or knows why not; false if some still wait. */
  public boolean awaitSources(Duration limit) throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    streams.whenBegun(begun::countDown);
    return begun.await(limit.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** The streams in order, as they are now. */
  public List<StreamStatus> streamStatus() {
    return streams.list();
  }

  /** The configured music folders and playlist files, as they were written. */
  public List<String> musicFolders() {
    return setup.configuration().texts("playlist", "folders");
  }

  public List<PluginStatus> plugins() {
    return plugins.plugins();
  }

  public HostInfo info() {
    TuttiConfig config = setup.configuration().host();
    String name = config.server().name();
    return new HostInfo(
        setup.version(),
        name.isEmpty() ? machineName : name,
        config.audio().bufferMs(),
        CLOCK_ID,
        http.port());
  }

  /** Stops everything in reverse order; at most about two seconds. */
  @Override
  public void close() {
    parts.close();
  }

  private PluginSettings pluginSettings(Path data) {
    return PluginSettings.of(setup.pluginFolders(), data.resolve("work"))
        .withDisabled(setup.disabled())
        .withNone(setup.noPlugins());
  }

  private static HttpSettings httpSettings(
      InetAddress bind, TuttiConfig.Server server, String machineName) {
    return new HttpSettings(
        bind,
        server.httpPort(),
        machineName,
        ServerAddresses.publicUrl(server.publicUrl()),
        Set.copyOf(server.httpHosts()),
        HttpSettings.DEFAULT_MAX_CONNECTIONS);
  }
}
