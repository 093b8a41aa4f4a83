package dev.tutti.api.audio;

import java.io.IOException;

/**
 * Something that makes audio. A source is one of two kinds and says which by its type: {@link
 * OnDemandSource} can be pulled ahead of time and repositioned; {@link LiveSource} is pushed, and
 * what it pushed cannot be taken back. The host calls a source on a thread of the source's own,
 * never on an audio thread: one that hangs or throws starves its own queue, nobody else's.
 */
public sealed interface Source extends AutoCloseable permits OnDemandSource, LiveSource {
  /** Lets go of files and processes. Called once, on the source's thread. */
  @Override
  default void close() throws IOException {}
}
