package dev.tutti.api.audio;

import dev.tutti.api.Registration;

/** Where a plugin offers sources. Thread-safe. */
public interface Sources {
  /**
   * Offers a kind of source under a URI scheme. Streams that name the scheme and wait for it start
   * at once; when the plugin goes, they play what is rendered and wait for its successor.
   *
   * @param scheme lower-case letters, digits, {@code + - .}; a scheme another plugin holds is
   *     refused by name
   * @param factory called once per stream and start, on the source's own thread
   */
  Registration provide(String scheme, SourceFactory factory);

  /** Makes a source. */
  @FunctionalInterface
  interface SourceFactory {
    /**
     * @throws Exception with one readable sentence if the request cannot be served; shown to the
     *     user
     */
    Source create(SourceRequest request) throws Exception;
  }
}
