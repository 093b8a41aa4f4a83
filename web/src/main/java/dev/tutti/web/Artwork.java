package dev.tutti.web;

import dev.tutti.api.audio.Art;
import dev.tutti.api.audio.Track;
import dev.tutti.api.http.HttpCall;
import dev.tutti.api.http.HttpException;
import dev.tutti.api.http.HttpReply;
import dev.tutti.api.http.Reply;
import dev.tutti.api.stream.Streams;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The pictures of the tracks that are playing or about to. Thread-safe. */
final class Artwork {
  /** What a browser may get as a picture; anything else a file claims to be is not passed on. */
  private static final Set<String> TYPES =
      Set.of("image/jpeg", "image/png", "image/gif", "image/webp");

  private final Streams streams;

  Artwork(Streams streams) {
    this.streams = streams;
  }

  /** {@code GET /api/art/{id}}. Equal ids mean equal bytes, so a browser may keep them. */
  Reply serve(HttpCall call) {
    String id = call.path("id");
    Art art = find(id).orElseThrow(() -> HttpException.notFound("picture", id));
    if (!TYPES.contains(art.mediaType())) {
      throw new HttpException(415, "the picture is of a type that browsers are not given");
    }
    try {
      return HttpReply.of(200, art.mediaType(), art.bytes())
          .with("Cache-Control", "private, max-age=86400, immutable");
    } catch (IOException e) {
      throw new HttpException(404, "the picture is gone");
    }
  }

  private Optional<Art> find(String id) {
    return streams.list().stream()
        .flatMap(status -> Stream.concat(Stream.of(status.track()), status.pending().stream()))
        .map(Track::art)
        .flatMap(Optional::stream)
        .filter(art -> art.id().equals(id))
        .findFirst();
  }
}
