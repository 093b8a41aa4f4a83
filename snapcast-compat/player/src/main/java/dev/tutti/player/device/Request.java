package dev.tutti.player.device;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * What a route sees of a call.
 *
 * @param type of the body, in lower case, without parameters; empty if it is not said
 * @param wholeType as it was sent
 * @param length of the body; -1 if it is not said
 * @param body read once, by the route's thread
 */
record Request(String type, String wholeType, long length, InputStream body) {
  static Request of(String contentType, long length, InputStream body) {
    int semicolon = contentType.indexOf(';');
    String type = semicolon < 0 ? contentType : contentType.substring(0, semicolon);
    return new Request(type.strip().toLowerCase(Locale.ROOT), contentType, length, body);
  }

  /** The body as text, of so many bytes at most. */
  String text(int mostBytes) throws IOException, Problem {
    byte[] bytes = body.readNBytes(mostBytes + 1);
    if (bytes.length > mostBytes) {
      throw new Problem(413, "no more than " + mostBytes + " bytes are taken here");
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
