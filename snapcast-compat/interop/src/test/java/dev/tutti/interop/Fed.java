package dev.tutti.interop;

import java.nio.ByteBuffer;

/** Sound that is fed to a server: the same frame is always the same bytes. Any thread. */
interface Fed {
  /** Frames per second. */
  int rate();

  /** As a pipe takes them; 24 bits travel in 4 bytes. */
  int frameBytes();

  /** Appends frames. */
  void write(ByteBuffer out, int first, int count);
}
