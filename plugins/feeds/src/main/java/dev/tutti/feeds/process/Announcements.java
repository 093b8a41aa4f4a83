package dev.tutti.feeds.process;

import dev.tutti.api.audio.Track;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a program says of what it plays, beside its sound. */
public interface Announcements extends AutoCloseable {
  /** Nothing. */
  Announcements NONE = line -> {};

  /** A line on standard error. On a thread of its own. */
  void line(String text);

  /** Further arguments for the program, before it starts. The source's thread. */
  default List<String> arguments() throws IOException {
    return List.of();
  }

  /** A track that was not told yet, or null. Does not wait. The source's thread. */
  default @Nullable Track news() throws IOException {
    return null;
  }

  @Override
  default void close() throws IOException {}
}
