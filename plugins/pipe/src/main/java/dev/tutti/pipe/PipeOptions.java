package dev.tutti.pipe;

import dev.tutti.api.audio.SourceUri;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * What an address says about its pipe.
 *
 * @param path of the pipe, absolute
 * @param create whether to make it if it is not there ({@code mode=create}, the default)
 * @param readMs how much audio is read at once at most
 */
record PipeOptions(Path path, boolean create, int readMs) {
  private static final int DEFAULT_READ_MS = 20;

  /**
   * @throws IllegalArgumentException with a sentence for the user
   */
  static PipeOptions of(SourceUri uri) {
    if (!uri.host().isEmpty() || uri.path().length() < 2) {
      throw new IllegalArgumentException(
          "a pipe needs an absolute path, with three slashes: pipe:///tmp/snapfifo");
    }
    String mode = uri.option("mode").orElse("create");
    if (!mode.equals("create") && !mode.equals("read")) {
      throw new IllegalArgumentException("mode must be create or read, not " + mode);
    }
    try {
      return new PipeOptions(Path.of(uri.path()), mode.equals("create"), readMs(uri));
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("\"" + uri.path() + "\" is no path: " + e.getReason());
    }
  }

  private static int readMs(SourceUri uri) {
    String text = uri.option("chunk_ms").orElse("");
    return text.matches("\\d{1,3}") ? Math.clamp(Integer.parseInt(text), 5, 200) : DEFAULT_READ_MS;
  }
}
