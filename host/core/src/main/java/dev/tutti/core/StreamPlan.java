package dev.tutti.core;

import dev.tutti.api.ConfigException;
import dev.tutti.api.audio.SampleFormat;
import dev.tutti.api.audio.SourceUri;
import dev.tutti.core.config.CodecChoice;
import dev.tutti.core.config.Configuration;
import dev.tutti.core.config.TuttiConfig;
import dev.tutti.core.streams.StreamConfig;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which streams a configuration asks for, in order; the first is the default for new players. */
public final class StreamPlan {
  private static final String DEFAULT_NAME = "default";
  private static final SourceUri PLAYLIST = SourceUri.parse("playlist://");
  private static final SourceUri AMBIENT = SourceUri.parse("ambient://");

  private final TuttiConfig.Audio defaults;
  private final List<StreamConfig> streams = new ArrayList<>();

  private StreamPlan(TuttiConfig.Audio defaults) {
    this.defaults = defaults;
  }

  /**
   * The configured streams; behind them the music, if folders were named on the command line. With
   * no stream configured: the music folders, or else the built-in piece.
   *
   * @param music whether music folders were named on the command line
   * @throws ConfigException if two streams have one name, or an address has options that cannot be
   */
  public static List<StreamConfig> of(Configuration configuration, boolean music) {
    TuttiConfig host = configuration.host();
    StreamPlan plan = new StreamPlan(host.audio());
    host.stream().forEach(plan::add);
    if (plan.streams.isEmpty()) {
      boolean folders = music || configuration.has("playlist", "folders");
      plan.add(folders ? PLAYLIST : AMBIENT, DEFAULT_NAME, null);
    } else if (music) {
      plan.add(PLAYLIST, plan.freeName("music"), null);
    }
    return List.copyOf(plan.streams);
  }

  private void add(TuttiConfig.Stream stream) {
    SourceUri uri = stream.source();
    if (uri != null) {
      String name = stream.name().isEmpty() ? DEFAULT_NAME : stream.name();
      add(uri, name, stream);
    }
  }

  /**
   * One more stream, named by its address.
   *
   * @throws IllegalArgumentException if it names none, or has options that cannot be
   */
  static StreamConfig one(TuttiConfig.Audio defaults, SourceUri uri) {
    String id = uri.option("name").orElse("");
    if (id.isBlank()) {
      throw new IllegalArgumentException("Stream URI must have a name");
    }
    return stream(defaults, uri, id, null);
  }

  private void add(SourceUri uri, String name, TuttiConfig.@Nullable Stream more) {
    String id = uri.option("name").filter(n -> !n.isBlank()).orElse(name);
    try {
      StreamConfig stream = stream(defaults, uri, id, more);
      checkUnique(stream);
      streams.add(stream);
    } catch (IllegalArgumentException e) {
      throw wrong(uri, String.valueOf(e.getMessage()));
    }
  }

  /** What the address says wins over what stands beside it. */
  private static StreamConfig stream(
      TuttiConfig.Audio defaults, SourceUri uri, String id, TuttiConfig.@Nullable Stream more) {
    CodecChoice codec = more == null ? null : more.codec();
    SampleFormat format = more == null ? null : more.sampleFormat();
    return new StreamConfig(
        id,
        uri.with("name", id),
        uri.option("sampleformat")
            .map(SampleFormat::parse)
            .orElse(format == null ? defaults.sampleFormat() : format),
        uri.option("codec")
            .map(CodecChoice::parse)
            .orElse(codec == null ? defaults.codec() : codec)
            .toString(),
        uri.option("chunk_ms").map(StreamPlan::chunkMs).orElse(defaults.chunkMs()),
        fallbacks(defaults, more),
        more == null || more.playing());
  }

  /** The stream's own, and behind them the emergency sound. */
  private static List<SourceUri> fallbacks(
      TuttiConfig.Audio defaults, TuttiConfig.@Nullable Stream more) {
    List<SourceUri> all = new ArrayList<>(more == null ? List.of() : more.fallback());
    SourceUri emergency = defaults.emergency();
    if (emergency != null && (more == null || more.emergency())) {
      all.add(emergency);
    }
    return all;
  }

  private static int chunkMs(String text) {
    if (!text.matches("[0-9]{1,4}")) {
      throw new IllegalArgumentException(
          "chunk_ms: expected a whole number of milliseconds, 5 to 200");
    }
    return Integer.parseInt(text);
  }

  private void checkUnique(StreamConfig stream) {
    if (streams.stream().anyMatch(s -> s.id().equals(stream.id()))) {
      throw wrong(
          stream.uri(),
          "there are two streams named \""
              + stream.id()
              + "\"; give each its own with ?name=NAME in its address");
    }
  }

  private static ConfigException wrong(SourceUri uri, String reason) {
    return new ConfigException("stream " + uri + ": " + reason);
  }

  private String freeName(String wanted) {
    String name = wanted;
    for (int i = 2; taken(name); i++) {
      name = wanted + "-" + i;
    }
    return name;
  }

  private boolean taken(String name) {
    return streams.stream().anyMatch(s -> s.id().equals(name));
  }
}
