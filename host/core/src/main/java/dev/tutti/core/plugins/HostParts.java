package dev.tutti.core.plugins;

import dev.tutti.api.HostInfo;
import dev.tutti.api.audio.Sources;
import dev.tutti.api.http.Http;
import dev.tutti.api.net.Network;
import dev.tutti.api.stream.Streams;
import dev.tutti.api.zone.Zones;
import dev.tutti.core.state.Disk;
import dev.tutti.core.time.Timers;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * What a plugin's context is put together from. Each function is asked at most once per life of a
 * plugin, when the plugin first asks.
 *
 * @param host asked each time
 * @param random a generator for one plugin; seeded in tests
 * @param dataFolder each plugin's own folder is {@code dataFolder/ID}
 * @param disk where state cells are stored
 */
public record HostParts(
    Supplier<HostInfo> host,
    ConfigReader config,
    Function<PluginScope, Sources> sources,
    Function<PluginScope, Streams> streams,
    Function<PluginScope, Zones> zones,
    Function<PluginScope, Http> http,
    Function<PluginScope, Network> network,
    Function<PluginScope, RandomGenerator> random,
    ServiceRegistry services,
    MetricsRegistry metrics,
    Path dataFolder,
    Disk disk,
    Timers timers) {}
