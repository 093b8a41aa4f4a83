package dev.tutti.core.streams;

import dev.tutti.api.Clock;

/** The thread {@code conductor}: steps the streams when something is due or has happened. */
@SuppressWarnings("DoNotCallSuggester")
public final class Conductor implements AutoCloseable {
  public Conductor(StreamEngine engine, Clock clock) {
    throw new UnsupportedOperationException();
  }

  public void start() {
    throw new UnsupportedOperationException();
  }

  /** Ends the thread and closes the engine. */
  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }
}
