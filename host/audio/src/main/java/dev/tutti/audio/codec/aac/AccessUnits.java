package dev.tutti.audio.codec.aac;

import dev.tutti.audio.codec.stream.ByteFile;
import java.io.IOException;
import java.util.Optional;

/** The coded frames of a file, by number. */
interface AccessUnits {
  ByteFile file();

  /** How the decoder is to be set up: an AudioSpecificConfig. */
  byte[] config();

  /** How many there are. */
  int count();

  /**
   * @return empty behind the last, or where the file is cut off; nothing for a unit whose place is
   *     damaged
   */
  Optional<byte[]> read(int unit) throws IOException;
}
