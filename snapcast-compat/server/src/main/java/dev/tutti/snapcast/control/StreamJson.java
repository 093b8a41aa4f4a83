package dev.tutti.snapcast.control;

import dev.tutti.api.audio.PlayOrder;
import dev.tutti.api.audio.SourceUri;
import dev.tutti.api.audio.Track;
import dev.tutti.api.json.Json;
import dev.tutti.api.stream.StreamStatus;
import dev.tutti.api.stream.TransportCommand.Kind;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** A stream as controllers see it (reference: protocol section 7.5). Thread-safe. */
final class StreamJson {
  private static final String DEFAULT_CHUNK_MS = "20";

  private final Supplier<String> baseUrl;

  /**
   * @param baseUrl under which controllers fetch pictures
   */
  StreamJson(Supplier<String> baseUrl) {
    this.baseUrl = baseUrl;
  }

  /**
   * @param nowMicros the instant the position is to be true at
   */
  Json stream(StreamStatus status, long nowMicros) {
    return Json.of(
        "id", status.id(),
        "properties", properties(status, nowMicros),
        "status", status.activity().name().toLowerCase(Locale.ROOT),
        "uri", uri(status));
  }

  /**
   * The six {@code can…} are always there; the rest only where there is something to control or to
   * show, as with a snapserver stream without control script.
   */
  Json properties(StreamStatus status, long nowMicros) {
    Map<String, Object> all = steady(status);
    if (all.containsKey("playbackStatus")) {
      all.put("position", seconds(status.positionAt(nowMicros)));
    }
    return Json.from(all);
  }

  /** The properties without the position, which changes by itself. */
  private Map<String, Object> steady(StreamStatus status) {
    Map<String, Object> all = new TreeMap<>();
    all.put("canControl", !status.can().isEmpty());
    all.put("canGoNext", status.can().contains(Kind.NEXT));
    all.put("canGoPrevious", status.can().contains(Kind.PREVIOUS));
    all.put("canPause", status.can().contains(Kind.PAUSE));
    all.put("canPlay", status.can().contains(Kind.PLAY));
    all.put("canSeek", status.can().contains(Kind.SEEK));
    Map<String, Object> metadata = new TreeMap<>();
    if (status.details().members().get("metadata") instanceof Json.Obj more) {
      metadata.putAll(more.members());
    }
    metadata.putAll(metadata(status.track()));
    if (!metadata.isEmpty()) {
      all.put("metadata", metadata);
    }
    if (!metadata.isEmpty() || !status.can().isEmpty()) {
      all.put("playbackStatus", status.playback().name().toLowerCase(Locale.ROOT));
      all.put("rate", new BigDecimal("1.0"));
    }
    status
        .details()
        .members()
        .forEach((name, value) -> {
          if (!name.equals("metadata")) {
            all.put(name, value);
          }
        });
    if (status.can().contains(Kind.ORDER)) {
      all.put("loopStatus", loopStatus(status.order().repeat()));
      all.put("shuffle", status.order().shuffle());
    }
    return all;
  }

  /**
   * Whether controllers have to be told: a position that merely ran on is no news, one that jumped
   * by a quarter of a second is.
   */
  boolean propertiesDiffer(StreamStatus before, StreamStatus now) {
    long at = now.positionAtMicros();
    Duration jump = before.positionAt(at).minus(now.positionAt(at)).abs();
    return jump.toMillis() >= 250 || !steady(before).equals(steady(now));
  }

  /** Whether anything outside the properties differs. */
  boolean streamDiffers(StreamStatus before, StreamStatus now) {
    return before.activity() != now.activity() || !uri(before).equals(uri(now));
  }

  private Map<String, Object> metadata(Track track) {
    Map<String, Object> metadata = new TreeMap<>();
    putText(metadata, "trackId", track.id());
    putText(metadata, "title", track.title());
    putText(metadata, "album", track.album());
    if (!track.artists().isEmpty()) {
      metadata.put("artist", track.artists());
    }
    track.duration().ifPresent(d -> metadata.put("duration", seconds(d)));
    track
        .art()
        .ifPresent(
            art -> metadata.put("artUrl", baseUrl.get() + ArtRoute.PATH + "?name=" + art.id()));
    return metadata;
  }

  private static void putText(Map<String, Object> metadata, String name, String value) {
    if (!value.isEmpty()) {
      metadata.put(name, value);
    }
  }

  /** Controllers in typed languages need the decimal point, so there always is one. */
  private static BigDecimal seconds(Duration duration) {
    return BigDecimal.valueOf(duration.toMillis(), 3);
  }

  private static String loopStatus(PlayOrder.Repeat repeat) {
    return switch (repeat) {
      case NONE -> "none";
      case TRACK -> "track";
      case ALL -> "playlist";
    };
  }

  private static Json uri(StreamStatus status) {
    SourceUri uri = status.uri();
    Map<String, String> query = new TreeMap<>(uri.query());
    query.put("name", status.id());
    query.putIfAbsent("codec", status.codec());
    query.putIfAbsent("sampleformat", status.format().toString());
    query.putIfAbsent("chunk_ms", DEFAULT_CHUNK_MS);
    query.replaceAll(
        (key, value) -> key.contains("password") || key.equals("username") ? "xxx" : value);
    String pairs =
        query.entrySet().stream()
            .map(e -> encode(e.getKey()) + "=" + encode(e.getValue()))
            .collect(Collectors.joining("&"));
    String fragment = uri.fragment().isEmpty() ? "" : "#" + encode(uri.fragment());
    return Json.of(
        "fragment", uri.fragment(),
        "host", uri.host(),
        "path", uri.path(),
        "query", query,
        "raw", uri.scheme() + "://" + uri.host() + uri.path() + "?" + pairs + fragment,
        "scheme", uri.scheme());
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
