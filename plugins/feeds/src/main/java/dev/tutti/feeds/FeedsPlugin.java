package dev.tutti.feeds;

import dev.tutti.api.Plugin;
import dev.tutti.api.PluginContext;
import dev.tutti.api.audio.LiveSource;
import dev.tutti.api.audio.SourceRequest;
import dev.tutti.api.audio.Sources;
import dev.tutti.feeds.alsa.AlsaSource;
import dev.tutti.feeds.fifo.Fifo;
import dev.tutti.feeds.fifo.PipeOptions;
import dev.tutti.feeds.fifo.PipeSource;
import dev.tutti.feeds.fifo.Posix;
import dev.tutti.feeds.file.FileSource;
import dev.tutti.feeds.meta.MetaSource;
import dev.tutti.feeds.process.AllowedPrograms;
import dev.tutti.feeds.process.ProcessFeeds;
import dev.tutti.feeds.process.ProcessSource;
import dev.tutti.feeds.receiver.Airplay;
import dev.tutti.feeds.receiver.Librespot;
import dev.tutti.feeds.script.ScriptedSource;
import dev.tutti.feeds.tcp.TcpFeeds;
import java.io.File;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Plays what other programs deliver, under the addresses that Snapcast knows: {@code
 * pipe:///tmp/snapfifo?name=default}, {@code tcp://0.0.0.0:4953?name=radio}.
 */
public final class FeedsPlugin implements Plugin {
  private final Set<Path> readPipes = ConcurrentHashMap.newKeySet();
  private @Nullable PluginContext context;

  @Override
  public void start(PluginContext context) {
    this.context = context;
    FeedsSettings settings = context.config(FeedsSettings.class);
    Posix posix = Posix.ofSystem();
    Sources sources = context.sources();
    live(
        context,
        settings,
        posix,
        "pipe",
        request ->
            new PipeSource(
                PipeOptions.of(request.uri()), request.format(), posix, context.log(), readPipes));
    live(context, settings, posix, "tcp", request -> TcpFeeds.source(request, context.log()));
    live(context, settings, posix, "alsa", request -> new AlsaSource(request, context.log()));
    AllowedPrograms programs =
        new AllowedPrograms(settings.allowedPrograms(), "plugins.feeds.programs", searchPath());
    ProcessSource.Surroundings around =
        new ProcessSource.Surroundings(
            posix, context.data(), context.clock(), context.schedule(), context.log());
    live(
        context,
        settings,
        posix,
        "process",
        request -> ProcessFeeds.source(request, programs, around));
    for (String scheme : List.of("librespot", "spotify")) {
      live(
          context, settings, posix, scheme, request -> Librespot.source(request, programs, around));
    }
    live(context, settings, posix, "airplay", request -> Airplay.source(request, programs, around));
    MetaSource.Surroundings house =
        new MetaSource.Surroundings(
            context.streams(),
            context.clock(),
            context.schedule(),
            Duration.ofMillis(context.host().bufferMs()));
    live(context, settings, posix, "meta", request -> MetaSource.open(request, house));
    var _ = sources.provide("file", FileSource::open);
  }

  /** A kind of live source, each with the control script that its address may name. */
  private interface Live {
    LiveSource open(SourceRequest request) throws IOException;
  }

  private static void live(
      PluginContext context, FeedsSettings settings, Posix posix, String scheme, Live kind) {
    AllowedPrograms scripts =
        new AllowedPrograms(settings.allowedScripts(), "plugins.feeds.control-scripts", List.of());
    var _ =
        context
            .sources()
            .provide(
                scheme,
                request ->
                    ScriptedSource.of(
                        kind.open(request),
                        request,
                        new ScriptedSource.Surroundings(
                            scripts,
                            posix,
                            context.clock(),
                            context.schedule(),
                            context.log(),
                            URI.create(context.http().baseUrl()))));
  }

  /** Whoever writes into a pipe is not to notice that this plugin is being replaced. */
  @Override
  public void stop() {
    PluginContext host = context;
    if (host == null) {
      return;
    }
    for (Path pipe : readPipes) {
      try {
        host.leaveOpen(Fifo.keptOpen(pipe));
      } catch (IOException e) {
        host.log().log(
            Level.DEBUG, "what writes into {0} will see that nobody reads: {1}", pipe, e);
      }
    }
  }

  private static List<Path> searchPath() {
    String path = System.getenv().getOrDefault("PATH", "");
    return Pattern.compile(File.pathSeparator, Pattern.LITERAL)
        .splitAsStream(path)
        .filter(p -> !p.isEmpty())
        .map(Path::of)
        .toList();
  }
}
