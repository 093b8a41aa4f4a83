package dev.tutti.snapcast.control;

import dev.tutti.api.audio.Art;
import dev.tutti.api.http.HttpCall;
import dev.tutti.api.http.HttpException;
import dev.tutti.api.http.HttpReply;
import dev.tutti.api.http.Reply;
import dev.tutti.api.stream.StreamStatus;
import dev.tutti.api.stream.Streams;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Pictures of what the streams play, and are about to play, at the address snapserver uses. Nothing
 * is kept: pictures belong to the plugins that brought them. Any thread; may read a file.
 */
final class ArtRoute {
  static final String PATH = "/__image_cache";

  /** What a browser may get as a picture; a file may claim that its picture is a page. */
  private static final Set<String> TYPES =
      Set.of("image/jpeg", "image/png", "image/gif", "image/webp");

  private final Streams streams;

  ArtRoute(Streams streams) {
    this.streams = streams;
  }

  Reply get(HttpCall call) throws IOException {
    String name = call.query("name").orElse("");
    Art art = find(name).orElseThrow(() -> HttpException.notFound("picture", name));
    if (!TYPES.contains(art.mediaType())) {
      throw new HttpException(415, "the picture is of a type that browsers are not given");
    }
    return HttpReply.of(200, art.mediaType(), art.bytes())
        .with("Cache-Control", "public, max-age=86400, immutable");
  }

  private Optional<Art> find(String id) {
    return streams.list().stream()
        .flatMap(ArtRoute::pictures)
        .filter(art -> art.id().equals(id))
        .findFirst();
  }

  private static Stream<Art> pictures(StreamStatus status) {
    return Stream.concat(Stream.of(status.track()), status.pending().stream())
        .flatMap(track -> track.art().stream());
  }
}
