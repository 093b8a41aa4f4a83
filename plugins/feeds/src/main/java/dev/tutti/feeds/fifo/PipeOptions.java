package dev.tutti.feeds.fifo;

import dev.tutti.api.audio.SourceUri;
import dev.tutti.feeds.pcm.ReadSize;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * What an address says about its pipe.
 *
 * @param path of the pipe, absolute
 * @param create whether to make it if it is not there ({@code mode=create}, the default)
 * @param readMs how much audio is read at once at most
 */
public record PipeOptions(Path path, boolean create, int readMs) {
  /**
   * @throws IllegalArgumentException with a sentence for the user
   */
  public static PipeOptions of(SourceUri uri) {
    if (!uri.host().isEmpty() || uri.path().length() < 2) {
      throw new IllegalArgumentException(
          "a pipe needs an absolute path, with three slashes: pipe:///tmp/snapfifo");
    }
    String mode = uri.option("mode").orElse("create");
    if (!mode.equals("create") && !mode.equals("read")) {
      throw new IllegalArgumentException("mode must be create or read, not " + mode);
    }
    try {
      return new PipeOptions(Path.of(uri.path()), mode.equals("create"), ReadSize.millis(uri));
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("\"" + uri.path() + "\" is no path: " + e.getReason());
    }
  }
}
