package dev.tutti.core.fetch;

import dev.tutti.api.net.Fetch.Fetched;
import dev.tutti.api.net.Fetch.Kind;
import dev.tutti.api.net.Fetch.Wanted;
import dev.tutti.api.net.FetchRefused;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.http.HttpHeader;

/** An answer that is what was wanted: by its status, type, length, and first bytes. One thread. */
final class Answer implements Fetched {
  private static final System.Logger LOG = System.getLogger(Answer.class.getName());

  /** Types that servers use for sound besides {@code audio/…}; nothing at all is one of them. */
  private static final List<String> SOUND =
      List.of(
          "",
          "audio/",
          "application/ogg",
          "application/octet-stream",
          "binary/octet-stream",
          "video/mp4");

  /** Those among {@code audio/…} that are lists of addresses. */
  private static final List<String> LISTS =
      List.of("audio/mpegurl", "audio/x-mpegurl", "audio/x-scpls", "audio/scpls");

  /** What lists of addresses and pages begin with, in lower case. */
  private static final List<String> NO_SOUND =
      List.of("#ext", "[playlist]", "<", "http:", "https:");

  private static final int PEEK_BYTES = 64;

  private final URI uri;
  private final String mediaType;
  private final InputStream body;

  private Answer(URI uri, String mediaType, InputStream body) {
    this.uri = uri;
    this.mediaType = mediaType;
    this.body = body;
  }

  static Answer of(URI uri, Response response, InputStream content, Wanted wanted)
      throws IOException {
    String type = mediaType(response);
    InputStream limited =
        new BufferedInputStream(new LimitedStream(content, wanted.maxBytes(), uri));
    Answer answer = new Answer(uri, type, limited);
    boolean good = false;
    try {
      answer.check(response, wanted);
      good = true;
      return answer;
    } finally {
      if (!good) {
        answer.close();
      }
    }
  }

  static String accept(Kind kind) {
    return switch (kind) {
      case AUDIO -> "audio/*, application/ogg, application/octet-stream;q=0.5";
      case PICTURE -> "image/*";
      case ANYTHING -> "*/*";
    };
  }

  private static String mediaType(Response response) {
    String told = response.getHeaders().get(HttpHeader.CONTENT_TYPE);
    return told == null ? "" : told.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }

  private void check(Response response, Wanted wanted) throws IOException {
    if (response.getStatus() != 200) {
      throw new IOException(
          "%s cannot be fetched: its server answers %d".formatted(uri, response.getStatus()));
    }
    if (response.getHeaders().getLongField(HttpHeader.CONTENT_LENGTH) > wanted.maxBytes()) {
      throw LimitedStream.tooLong(uri, wanted.maxBytes());
    }
    boolean fits =
        switch (wanted.kind()) {
          case AUDIO -> startsWithAny(mediaType, SOUND) && !LISTS.contains(mediaType);
          case PICTURE -> mediaType.startsWith("image/");
          case ANYTHING -> true;
        };
    if (!fits) {
      throw new FetchRefused("%s is not what was asked for, but %s".formatted(uri, mediaType));
    }
    if (wanted.kind() == Kind.AUDIO && looksLikeText()) {
      throw new FetchRefused(uri + " is no sound, but a page or a list of further addresses");
    }
  }

  private static boolean startsWithAny(String type, List<String> beginnings) {
    return beginnings.stream().anyMatch(b -> b.isEmpty() ? type.isEmpty() : type.startsWith(b));
  }

  private boolean looksLikeText() throws IOException {
    body.mark(PEEK_BYTES);
    byte[] first = body.readNBytes(PEEK_BYTES);
    body.reset();
    String text = new String(first, StandardCharsets.ISO_8859_1);
    String start =
        (text.startsWith("\u00ef\u00bb\u00bf") ? text.substring(3) : text)
            .strip()
            .toLowerCase(Locale.ROOT);
    return Stream.concat(NO_SOUND.stream(), Stream.of("#!")).anyMatch(start::startsWith);
  }

  @Override
  public URI uri() {
    return uri;
  }

  @Override
  public String mediaType() {
    return mediaType;
  }

  @Override
  public InputStream body() {
    return body;
  }

  @Override
  public void close() {
    try {
      body.close();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "closing what came from {0}: {1}", uri, e.getMessage());
    }
  }
}
