package dev.tutti.snapcast.control;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Tells stream clients from controllers by the first byte they send, because both come to either
 * port where somebody has swapped them (requirements K4, S0-18).
 */
public final class FirstBytes {
  private static final int TIME = 4;
  private static final int HELLO = 5;
  private static final String TEXT = "{[ \r\nGHPO";
  private static final List<String> VERBS =
      List.of("GET ", "HEAD ", "POST ", "PUT ", "DELETE ", "PATCH ", "OPTIONS ");
  private static final int LONGEST_VERB = 8;

  /** What a browser is told; one line end is added. */
  static final String TO_HTTP =
      "HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Type: text/plain\r\n\r\n"
          + "This port speaks the Snapcast protocol. The page is on the HTTP port, 1780 unless"
          + " configured otherwise.";

  private FirstBytes() {}

  /** Whether a stream client speaks: it begins with Hello, or asks for the time. */
  public static boolean ofStream(byte first) {
    return first == HELLO || first == TIME;
  }

  /**
   * Whether a controller speaks: text, which no message of the stream protocol begins like. A
   * browser counts, so that it is told where to go.
   */
  public static boolean ofControl(byte first) {
    return TEXT.indexOf(first) >= 0;
  }

  /**
   * Whether a line is of a browser, which any page can make post to this port; what follows must
   * not be taken for requests.
   */
  static boolean ofHttp(byte[] line) {
    int length = Math.min(line.length, LONGEST_VERB);
    String text = new String(line, 0, length, StandardCharsets.US_ASCII);
    return VERBS.stream().anyMatch(text::startsWith);
  }
}
