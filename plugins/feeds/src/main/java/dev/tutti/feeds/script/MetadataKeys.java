package dev.tutti.feeds.script;

import dev.tutti.api.json.Json;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The metadata that controllers of Snapcast know, by type (reference: protocol section 7.5). */
final class MetadataKeys {
  private static final Set<String> TEXT =
      words(
          "trackId album albumSort name date originalDate performer conductor work grouping label"
              + " musicbrainzArtistId musicbrainzAlbumId musicbrainzAlbumArtistId"
              + " musicbrainzTrackId musicbrainzReleaseTrackId musicbrainzWorkId lyrics"
              + " contentCreated firstUsed lastUsed title url artUrl spotifyArtistId"
              + " spotifyTrackId");
  private static final Set<String> TEXTS =
      words("artist artistSort albumArtist albumArtistSort comment composer genre lyricist");
  private static final Set<String> DECIMAL = words("duration autoRating userRating");
  private static final Set<String> WHOLE = words("bpm discNumber trackNumber useCount");

  private MetadataKeys() {}

  /** What is known and of its type; a picture's bytes are not for controllers. */
  static Json.Obj known(Json.Obj metadata) {
    Map<String, Json> kept = new LinkedHashMap<>();
    metadata
        .members()
        .forEach((key, value) -> {
          if (value instanceof Json.Num n && DECIMAL.contains(key)) {
            kept.put(key, Properties.decimal(n.value()));
          } else if (fits(key, value)) {
            kept.put(key, value);
          }
        });
    return new Json.Obj(kept);
  }

  private static boolean fits(String key, Json value) {
    return switch (value) {
      case Json.Text t -> TEXT.contains(key);
      case Json.Arr a ->
          TEXTS.contains(key) && a.items().stream().allMatch(Json.Text.class::isInstance);
      case Json.Num n -> WHOLE.contains(key) && n.value().scale() <= 0;
      default -> false;
    };
  }

  private static Set<String> words(String text) {
    return new HashSet<>(Arrays.asList(text.split(" ", -1)));
  }
}
