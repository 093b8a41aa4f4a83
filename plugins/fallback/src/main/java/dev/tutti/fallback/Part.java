package dev.tutti.fallback;

import dev.tutti.audio.codec.Decoder;
import dev.tutti.audio.codec.Decoders;
import java.io.IOException;
import java.nio.file.Path;

/**
 * One piece of sound that goes into a pack.
 *
 * @param name for people
 * @param opener opens it from its beginning; called twice
 * @param seamless whether its end leads into its beginning, so that neither is faded
 */
record Part(String name, Opener opener, boolean seamless) {
  /** Opens the sound. */
  interface Opener {
    Decoder open() throws IOException;
  }

  static Part of(String name, Path file) {
    return new Part(name, () -> Decoders.open(file), false);
  }
}
