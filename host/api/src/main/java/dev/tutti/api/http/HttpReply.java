package dev.tutti.api.http;

import dev.tutti.api.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** An answer of any kind. */
public record HttpReply(int status, String contentType, byte[] body, Map<String, String> headers)
    implements Reply {
  public HttpReply {
    headers = Map.copyOf(headers);
  }

  public static HttpReply of(int status, String contentType, byte[] body) {
    return new HttpReply(status, contentType, body, Map.of());
  }

  public static HttpReply text(int status, String text) {
    return of(status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
  }

  /** An error as JSON: {@code {"error":"…"}}. The sentence says what to do. */
  public static HttpReply error(int status, String sentence) {
    return of(status, "application/json", Json.of("error", sentence).body());
  }

  public static HttpReply empty() {
    return new HttpReply(204, "text/plain", new byte[0], Map.of());
  }

  public HttpReply with(String header, String value) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put(header, value);
    return new HttpReply(status, contentType, body, all);
  }
}
