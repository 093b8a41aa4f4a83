package dev.tutti.audio.codec;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** Opens one family of file formats. Found by ServiceLoader; stateless and thread-safe. */
public interface DecoderProvider {
  /** For messages: {@code flac (pure Java)}. */
  String name();

  /** Higher is asked first. Pure Java 0, native libraries 10, subprocess −10. */
  default int priority() {
    return 0;
  }

  /** Whether it can work on this machine at all (its library is there). */
  default boolean available() {
    return true;
  }

  /** How names of such files usually end: lower case, without the dot. */
  default Set<String> extensions() {
    return Set.of();
  }

  /**
   * Opens a file if it is of this family. Judges by the first bytes, not by the name.
   *
   * @param head the first bytes of the file, up to 4 KiB
   * @return empty if the file is something else
   * @throws IOException with a readable reason if it is of this family but cannot be played
   */
  Optional<Decoder> open(Path file, byte[] head) throws IOException;
}
