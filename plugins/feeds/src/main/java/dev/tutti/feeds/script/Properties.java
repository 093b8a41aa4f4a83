package dev.tutti.feeds.script;

import dev.tutti.api.audio.Art;
import dev.tutti.api.audio.PlayOrder;
import dev.tutti.api.audio.PlayOrder.Repeat;
import dev.tutti.api.audio.PlayerState;
import dev.tutti.api.audio.Track;
import dev.tutti.api.json.Json;
import dev.tutti.api.stream.StreamStatus.Playback;
import dev.tutti.api.stream.TransportCommand.Kind;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a player's properties as control scripts write them (reference: protocol sections 7.5 and
 * 9.3). What is missing counts as absent, {@code can…} as false, metadata as unchanged.
 */
final class Properties {
  private static final List<String> NUMBERS = List.of("rate", "minimumRate", "maximumRate");
  private static final BigDecimal LONGEST_SECONDS = BigDecimal.valueOf(10_000_000);

  private final PlayerState state;
  private final Json.Obj metadata;

  private Properties(PlayerState state, Json.Obj metadata) {
    this.state = state;
    this.metadata = metadata;
  }

  PlayerState state() {
    return state;
  }

  /** What the next update keeps if it has none. */
  Json.Obj metadata() {
    return metadata;
  }

  /**
   * @param before metadata so far
   * @param nowMicros the instant the position is true at
   */
  static Properties read(Json properties, Json.Obj before, long nowMicros) {
    Json.Obj metadata =
        properties.get("metadata").orElse(before) instanceof Json.Obj o ? o : Json.of();
    Map<String, Json> details = new LinkedHashMap<>();
    properties
        .number("volume")
        .ifPresent(v -> details.put("volume", Json.from(Math.clamp(v.longValue(), 0, 100))));
    properties.bool("mute").ifPresent(m -> details.put("mute", Json.from(m)));
    for (String name : NUMBERS) {
      properties.number(name).ifPresent(v -> details.put(name, decimal(v)));
    }
    Json.Obj kept = MetadataKeys.known(metadata);
    if (!kept.members().isEmpty()) {
      details.put("metadata", kept);
    }
    PlayerState state =
        new PlayerState(
            playback(properties),
            track(metadata),
            properties.number("position").map(Properties::seconds).orElse(Duration.ZERO),
            nowMicros,
            order(properties),
            can(properties),
            new Json.Obj(details));
    return new Properties(state, metadata);
  }

  private static Playback playback(Json properties) {
    return switch (properties.text("playbackStatus").orElse("")) {
      case "playing" -> Playback.PLAYING;
      case "paused" -> Playback.PAUSED;
      default -> Playback.STOPPED;
    };
  }

  private static PlayOrder order(Json properties) {
    Repeat repeat =
        switch (properties.text("loopStatus").orElse("")) {
          case "track" -> Repeat.TRACK;
          case "playlist" -> Repeat.ALL;
          default -> Repeat.NONE;
        };
    return new PlayOrder(properties.bool("shuffle").orElse(false), repeat);
  }

  private static Set<Kind> can(Json properties) {
    EnumSet<Kind> can = EnumSet.noneOf(Kind.class);
    if (!properties.bool("canControl").orElse(false)) {
      return can;
    }
    can.add(Kind.STOP);
    can.add(Kind.PLAYER);
    add(can, Kind.PLAY, properties, "canPlay");
    add(can, Kind.PAUSE, properties, "canPause");
    add(can, Kind.NEXT, properties, "canGoNext");
    add(can, Kind.PREVIOUS, properties, "canGoPrevious");
    add(can, Kind.SEEK, properties, "canSeek");
    if (properties.get("loopStatus").isPresent() || properties.get("shuffle").isPresent()) {
      can.add(Kind.ORDER);
    }
    return can;
  }

  private static void add(Set<Kind> can, Kind kind, Json properties, String name) {
    if (properties.bool(name).orElse(false)) {
      can.add(kind);
    }
  }

  private static Track track(Json.Obj metadata) {
    Optional<Art> art =
        metadata.get("artUrl").isPresent()
            ? Optional.empty()
            : metadata.get("artData").flatMap(ArtData::read);
    return new Track(
        metadata.text("trackId").orElse(""),
        metadata.text("title").or(() -> metadata.text("name")).orElse(""),
        texts(metadata, "artist"),
        metadata.text("album").orElse(""),
        metadata.number("duration").map(Properties::seconds),
        art);
  }

  private static List<String> texts(Json metadata, String name) {
    return metadata.get(name).map(Json::items).orElse(List.of()).stream()
        .filter(Json.Text.class::isInstance)
        .map(item -> ((Json.Text) item).value())
        .toList();
  }

  private static Duration seconds(BigDecimal seconds) {
    BigDecimal limited = seconds.min(LONGEST_SECONDS).max(BigDecimal.ZERO);
    return Duration.ofNanos(limited.movePointRight(9).longValue());
  }

  /** Controllers in typed languages need the decimal point. */
  static Json decimal(BigDecimal number) {
    return Json.from(number.scale() > 0 ? number : number.setScale(1));
  }
}
