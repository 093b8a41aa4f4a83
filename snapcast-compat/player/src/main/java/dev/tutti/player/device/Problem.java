package dev.tutti.player.device;

import java.util.Map;

/** Why a request is not granted. */
final class Problem extends Exception {
  private static final long serialVersionUID = 1;

  private final int status;
  private final transient Map<String, String> headers;

  /**
   * @param status of HTTP
   * @param sentence for the caller
   */
  Problem(int status, String sentence) {
    this(status, sentence, Map.of());
  }

  Problem(int status, String sentence, Map<String, String> headers) {
    super(sentence);
    this.status = status;
    this.headers = headers;
  }

  int status() {
    return status;
  }

  Map<String, String> headers() {
    return headers == null ? Map.of() : headers;
  }

  /** What the caller reads. */
  String sentence() {
    return String.valueOf(getMessage());
  }
}
