package dev.tutti.api.audio;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What is being played.
 *
 * @param id the source's own name for it, stable between starts; empty if it has none
 * @param title empty if unknown
 * @param artists in the order of the tags
 * @param album empty if unknown
 * @param duration empty if unknown or endless
 * @param art its picture, if it has one
 */
public record Track(
    String id,
    String title,
    List<String> artists,
    String album,
    Optional<Duration> duration,
    Optional<Art> art) {
  public static final Track UNKNOWN =
      new Track("", "", List.of(), "", Optional.empty(), Optional.empty());

  public Track {
    artists = List.copyOf(artists);
  }

  /** A track of which only the title is known. */
  public static Track titled(String title) {
    return new Track("", title, List.of(), "", Optional.empty(), Optional.empty());
  }
}
