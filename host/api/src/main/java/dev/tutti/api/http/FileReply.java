package dev.tutti.api.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A file as an answer, of any length: the host reads it while it is being sent. With a header
 * {@code ETag} the host also answers {@code If-None-Match}, and {@code Range} (of one range, with
 * {@code If-Range}), so that a broken transfer can be resumed.
 *
 * @param file must not change while it is sent
 */
public record FileReply(Path file, String contentType, Map<String, String> headers)
    implements Reply {
  public FileReply {
    headers = Map.copyOf(headers);
  }

  public static FileReply of(Path file, String contentType) {
    return new FileReply(file, contentType, Map.of());
  }

  public FileReply with(String header, String value) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put(header, value);
    return new FileReply(file, contentType, all);
  }

  @Override
  public int status() {
    return 200;
  }

  /** The whole file in memory; the host does not call this. */
  @Override
  public byte[] body() {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
