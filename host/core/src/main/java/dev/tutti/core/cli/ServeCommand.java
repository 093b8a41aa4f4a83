package dev.tutti.core.cli;

import dev.tutti.api.ConfigException;
import dev.tutti.core.Host;
import dev.tutti.core.StreamPlan;
import dev.tutti.core.config.Configuration;
import dev.tutti.core.config.SnapserverImport;
import dev.tutti.core.log.LogbackSetup;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code tutti serve}: plays until it is stopped. */
@Command(
    name = "serve",
    sortOptions = false,
    header = "Plays, until Ctrl-C or SIGTERM. This is the default command.",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  tutti serve --music ~/Music --music /srv/radio-plays",
      "  tutti serve --source 'pipe:///tmp/snapfifo?name=kitchen&codec=pcm'",
      "  tutti serve --buffer 500 --codec opus --http-port 8080",
      "  tutti serve --snapserver-conf /etc/snapserver.conf",
      "  tutti serve --bind 127.0.0.1 --stream-port 0 --control-port 0 --http-port 0 \\",
      "              --ready-file /run/tutti.json"
    })
final class ServeCommand implements Callable<Integer> {
  private static final System.Logger LOG = System.getLogger(ServeCommand.class.getName());

  @Mixin ConfigOptions config;

  @Option(
      names = "--snapserver-conf",
      paramLabel = "FILE",
      description =
          "Take everything from a snapserver's configuration file instead of Tutti's own; what"
              + " cannot be kept is named. See also: tutti config --import.")
  @Nullable Path snapserverConf;

  @Option(
      names = "--music",
      paramLabel = "DIR",
      description =
          "A folder of music, played as one stream; with --source it comes after the sources."
              + " Repeatable.")
  List<Path> music = List.of();

  @Option(
      names = "--source",
      paramLabel = "URI",
      description =
          "A stream, as Snapcast writes it, for example"
              + " pipe:///tmp/snapfifo?name=default&codec=flac&sampleformat=48000:16:2&chunk_ms=20."
              + " Repeatable; the first is the default for new players. Default: the variable"
              + " STREAM_SOURCE, if it is set.")
  List<String> sources = List.of();

  @Option(
      names = "--buffer",
      paramLabel = "MS",
      description = "From capture to being heard, in milliseconds. Default: 1000")
  @Nullable String buffer;

  @Option(
      names = "--codec",
      paramLabel = "NAME",
      description = "What clients are sent: flac, pcm, opus or ogg. Default: flac")
  @Nullable String codec;

  @Option(
      names = "--bind",
      paramLabel = "ADDR",
      description = "The address to listen on. Default: 0.0.0.0, all of this machine")
  @Nullable String bind;

  @Option(
      names = "--stream-port",
      paramLabel = "PORT",
      description = "For Snapcast clients; 0 for any free one. Default: 1704")
  @Nullable String streamPort;

  @Option(
      names = "--control-port",
      paramLabel = "PORT",
      description = "For the Snapcast control protocol; 0 for any free one. Default: 1705")
  @Nullable String controlPort;

  @Option(
      names = "--http-port",
      paramLabel = "PORT",
      description = "For the web page and the HTTP API; 0 for any free one. Default: 1780")
  @Nullable String httpPort;

  @Option(
      names = "--https-port",
      paramLabel = "PORT",
      description =
          "The same encrypted, with a certificate of its own making unless [https] names one; 0 for"
              + " any free one. Default: none; Snapcast's is 1788")
  @Nullable String httpsPort;

  @Option(names = "--no-mdns", description = "Do not announce this server on the network.")
  boolean noMdns;

  @Option(
      names = "--disable",
      paramLabel = "ID",
      description = "Do not start this plugin. Repeatable.")
  List<String> disabled = List.of();

  @Option(names = "--no-plugins", description = "Start no plugin at all.")
  boolean noPlugins;

  @Option(
      names = "--ready-file",
      paramLabel = "FILE",
      description = "Once everything listens, write a JSON file with pid, ports, version and url.")
  @Nullable Path readyFile;

  @Option(
      names = "--log-level",
      paramLabel = "LEVEL",
      description = "error, warn, info, debug or trace. Default: info")
  @Nullable String logLevel;

  @Spec CommandSpec spec;

  private List<String> notes = List.of();

  @Override
  public Integer call() throws InterruptedException {
    Host.Setup setup = setup(System.getenv());
    LogbackSetup.level(setup.configuration().host().log().level().name());
    notes.forEach(note -> LOG.log(Level.WARNING, note));
    if (snapserverConf != null) {
      var _ = SnapserverHome.takeOver(setup.dataFolder(), SnapserverHome.places(System.getenv()));
    }
    return new Serving(
            setup,
            snapserverConf == null ? config.found() : Optional.of(snapserverConf),
            readyFile,
            spec.commandLine().getOut())
        .run();
  }

  /** What the options, the file and the environment ask for. */
  Host.Setup setup(Map<String, String> environment) {
    Configuration configuration = configuration(environment);
    Set<String> off = new TreeSet<>(configuration.host().plugins().disabled());
    off.addAll(disabled);
    Installation here = Installation.find(configuration);
    return new Host.Setup(
        configuration,
        StreamPlan.of(configuration, !music.isEmpty()),
        here.dataFolder(),
        here.pluginFolders(),
        off,
        noPlugins,
        ProgramVersion.get());
  }

  private Configuration.Builder file() {
    if (snapserverConf == null) {
      return config.read();
    }
    if (config.file != null) {
      throw new ConfigException("--config and --snapserver-conf: give one of them");
    }
    SnapserverImport snapserver = SnapserverImport.of(snapserverConf);
    notes = snapserver.notes();
    return config.over(Configuration.from(snapserver));
  }

  private Configuration configuration(Map<String, String> environment) {
    Configuration.Builder builder = file();
    String fromEnvironment = environment.getOrDefault("STREAM_SOURCE", "");
    option(builder, "--buffer", "audio.buffer-ms", buffer);
    option(builder, "--codec", "audio.codec", codec);
    option(builder, "--bind", "server.bind", bind);
    option(builder, "--stream-port", "server.stream-port", streamPort);
    option(builder, "--control-port", "server.control-port", controlPort);
    option(builder, "--http-port", "server.http-port", httpPort);
    option(builder, "--https-port", "https.enabled", httpsPort == null ? null : "true");
    option(builder, "--https-port", "https.port", httpsPort);
    option(builder, "--no-mdns", "server.mdns", noMdns ? "false" : null);
    option(builder, "--log-level", "log.level", logLevel);
    if (!sources.isEmpty()) {
      builder.sources("--source", sources);
    } else if (!fromEnvironment.isBlank()) {
      builder.sources("STREAM_SOURCE", List.of(fromEnvironment));
    }
    if (!music.isEmpty()) {
      builder.option(
          "--music", "plugins.playlist.folders", music.stream().map(Path::toString).toList());
    }
    return builder.build();
  }

  private static void option(
      Configuration.Builder builder, String option, String key, @Nullable String value) {
    if (value != null) {
      builder.option(option, key, value);
    }
  }
}
