package dev.tutti.testkit;

import dev.tutti.api.HostInfo;
import dev.tutti.api.Plugin;
import dev.tutti.api.access.Access;
import dev.tutti.api.audio.SourceUri;
import dev.tutti.api.stream.Streams;
import dev.tutti.core.access.AccessPolicy;
import dev.tutti.core.config.Configuration;
import dev.tutti.core.http.HttpServer;
import dev.tutti.core.http.HttpSettings;
import dev.tutti.core.net.LocalNetworks;
import dev.tutti.core.plugins.HostParts;
import dev.tutti.core.plugins.LiveScope;
import dev.tutti.core.plugins.ManifestReader;
import dev.tutti.core.plugins.MetricsRegistry;
import dev.tutti.core.plugins.PluginHost;
import dev.tutti.core.plugins.PluginManifest;
import dev.tutti.core.plugins.PluginScope;
import dev.tutti.core.plugins.PluginSettings;
import dev.tutti.core.plugins.PluginSource;
import dev.tutti.core.plugins.PluginStatus;
import dev.tutti.core.plugins.ServiceRegistry;
import dev.tutti.core.state.StateFile;
import dev.tutti.core.state.SystemDisk;
import dev.tutti.core.streams.AddedStreams;
import dev.tutti.core.streams.StreamConfig;
import dev.tutti.core.streams.StreamEngine;
import dev.tutti.core.time.VirtualTime;
import dev.tutti.core.zones.ZoneStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The real plugin host around the plugins under test, with a temporary folder for their data. */
final class HousePlugins implements AutoCloseable {
  private final Path folder;
  private final Map<String, Configuration> settings = new HashMap<>();
  private final LiveScope hostScope;
  private final AddedStreams streams;
  private final PluginHost host;
  private final AtomicReference<@Nullable HttpServer> http = new AtomicReference<>();

  /**
   * @param plan makes a stream of an address that a plugin adds
   */
  HousePlugins(
      HostInfo info,
      StreamEngine engine,
      Function<SourceUri, StreamConfig> plan,
      VirtualTime time) {
    try {
      folder = Files.createTempDirectory("house-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    hostScope = new LiveScope("house", House.class.getClassLoader(), time);
    SystemDisk disk = new SystemDisk();
    StateFile added = new StateFile(folder.resolve(AddedStreams.FILE_NAME), disk);
    streams = AddedStreams.restore(engine, plan, added, time);
    ZoneStore zones = new ZoneStore(List.of(), () -> Instant.EPOCH, new SplittableRandom(1), 100);
    zones.streamsChanged(List.of(House.STREAM), this);
    ServiceRegistry services = new ServiceRegistry();
    services.offerByHost(Access.class, AccessPolicy.open());
    host =
        new PluginHost(
            PluginSettings.of(List.of(), folder.resolve("work")),
            new HostParts(
                () -> info,
                this::read,
                engine::sources,
                streams::forPlugin,
                zones::forPlugin,
                scope -> server().forPlugin(scope),
                HousePlugins::noNetwork,
                scope -> new SplittableRandom(scope.pluginId().hashCode()),
                services,
                new MetricsRegistry(),
                folder.resolve("data"),
                disk,
                time));
    host.start();
  }

  /** The streams as the house itself sees them. */
  Streams hostStreams() {
    return streams.forPlugin(hostScope);
  }

  private static dev.tutti.api.net.Network noNetwork(PluginScope scope) {
    throw new IllegalStateException(
        "a house has no TCP ports for the plugin " + scope.pluginId() + "; start Tutti for that");
  }

  private <R extends Record> R read(String pluginId, Class<R> type) {
    Configuration configuration = settings.get(pluginId);
    return (configuration == null ? Configuration.from(Optional.empty()).build() : configuration)
        .plugin(pluginId, type);
  }

  CompletableFuture<PluginStatus> add(Plugin plugin, String toml) {
    PluginManifest manifest = manifest(plugin);
    if (!toml.isBlank()) {
      settings.put(manifest.id(), configuration(manifest.id(), toml));
    }
    return host.add(PluginSource.ofInstance(plugin, manifest));
  }

  private Configuration configuration(String id, String toml) {
    try {
      Path file = folder.resolve(id + ".toml");
      Files.writeString(file, "[plugins." + id + "]\n" + toml + "\n");
      return Configuration.from(Optional.of(file)).build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static PluginManifest manifest(Plugin plugin) {
    try (InputStream in = plugin.getClass().getResourceAsStream("/plugin.json")) {
      PluginManifest found = in == null ? null : ManifestReader.read(in.readAllBytes());
      return found != null && found.entry().equals(plugin.getClass().getName())
          ? found
          : invented(plugin.getClass());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** For a plugin that a test made up: {@code RainPlugin} has the id {@code rain}. */
  private static PluginManifest invented(Class<?> type) {
    String id =
        type.getSimpleName()
            .replaceFirst("Plugin$", "")
            .replaceAll("[^A-Za-z0-9]", "")
            .toLowerCase(Locale.ROOT);
    String json =
        "{\"id\":\"%s\",\"version\":\"1.0.0\",\"api\":\"[1.0,2.0)\",\"entry\":\"%s\",\"permissions\":[]}"
            .formatted(id.isEmpty() ? "test" : id, type.getName());
    return ManifestReader.read(json.getBytes(StandardCharsets.UTF_8));
  }

  CompletableFuture<PluginStatus> reload(String id) {
    return host.reload(id);
  }

  CompletableFuture<Void> remove(String id) {
    return host.remove(id);
  }

  List<PluginStatus> statuses() {
    return host.plugins();
  }

  int httpPort() {
    return server().address().getPort();
  }

  private synchronized HttpServer server() {
    HttpServer running = http.get();
    if (running == null) {
      running =
          HttpServer.open(
              HttpSettings.of(InetAddress.getLoopbackAddress(), 0, "house"),
              LocalNetworks.ofSystem(),
              AccessPolicy.open(),
              true);
      running.start();
      http.set(running);
    }
    return running;
  }

  @Override
  public void close() {
    host.close();
    hostScope.close();
    streams.close();
    HttpServer running = http.get();
    if (running != null) {
      running.close();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(HousePlugins::delete);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
