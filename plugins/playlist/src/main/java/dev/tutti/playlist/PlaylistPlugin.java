package dev.tutti.playlist;

import dev.tutti.api.Plugin;
import dev.tutti.api.PluginContext;
import dev.tutti.api.audio.SourceRequest;
import dev.tutti.api.state.StateCell;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Music folders as a source: {@code playlist://?name=default}, or with folders of its own, {@code
 * playlist://?name=jazz&folders=/music/jazz}.
 */
public final class PlaylistPlugin implements Plugin {
  private static final Duration LOOK_EVERY = Duration.ofSeconds(3);
  private static final Duration TAGS_EVERY = Duration.ofSeconds(1);
  private static final Duration MEASURE_EVERY = Duration.ofSeconds(2);
  private static final Duration REMEMBER_EVERY = Duration.ofSeconds(20);

  private final Map<List<Path>, Library> libraries = new ConcurrentHashMap<>();

  /** Called by the host. */
  public PlaylistPlugin() {}

  @Override
  public void start(PluginContext context) {
    Settings settings = context.config(Settings.class);
    LoudnessJob loudness = new LoudnessJob(context.log());
    context.sources().provide("playlist", request -> source(context, settings, loudness, request));
    context.schedule().every(LOOK_EVERY, () -> libraries.values().forEach(Library::look));
    context.schedule().every(TAGS_EVERY, () -> libraries.values().forEach(Library::readTags));
    context.schedule().every(REMEMBER_EVERY, this::remember);
    if (settings.normalize()) {
      context.schedule().every(MEASURE_EVERY, loudness::measureOne);
    }
  }

  @Override
  public void stop() {
    remember();
  }

  private void remember() {
    libraries.values().forEach(Library::remember);
  }

  private PlaylistSource source(
      PluginContext context, Settings settings, LoudnessJob loudness, SourceRequest request) {
    List<Path> folders =
        request
            .uri()
            .option("folders")
            .map(text -> Arrays.stream(text.split(File.pathSeparator)).map(Path::of).toList())
            .orElse(settings.musicFolders());
    if (folders.isEmpty()) {
      throw new IllegalArgumentException(
          "the stream " + request.streamId() + " has no music folder: start with --music DIR");
    }
    Library library =
        libraries.computeIfAbsent(folders, f -> library(context, f, settings.musicFolders()));
    StateCell<Mode> mode =
        context.state(
            "mode-" + fileName(request.streamId()),
            Mode.class,
            new Mode(settings.shuffle(), settings.repeat(), context.random().nextLong()));
    PlaylistSource source =
        new PlaylistSource(
            library,
            mode,
            new GainPolicy(settings.normalize(), settings.targetLufs()),
            request.format(),
            settings.crossfade(),
            context.random());
    loudness.serve(request.streamId(), library, source);
    return source;
  }

  private static Library library(
      PluginContext context, List<Path> folders, List<Path> musicFolders) {
    Library library =
        new Library(
            folders,
            musicFolders,
            context.state(
                "library-" + fileName(folders.toString()), LibraryIndex.class, LibraryIndex.EMPTY),
            new TagReader(),
            context.log());
    library.look();
    return library;
  }

  private static String fileName(String text) {
    return Integer.toHexString(text.hashCode());
  }
}
