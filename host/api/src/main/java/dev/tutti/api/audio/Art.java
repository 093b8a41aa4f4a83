package dev.tutti.api.audio;

import java.io.IOException;

/** A picture that goes with a track. Equal ids mean equal bytes. */
public interface Art {
  /** A name for the bytes, fit for a file name: {@code [0-9a-f]{8,64}\.(jpg|png|gif|webp)}. */
  String id();

  /** For example {@code image/jpeg}. */
  String mediaType();

  /**
   * The picture, at most 8 MiB. May read a file: not for audio threads.
   *
   * @throws IOException if it is gone
   */
  byte[] bytes() throws IOException;
}
