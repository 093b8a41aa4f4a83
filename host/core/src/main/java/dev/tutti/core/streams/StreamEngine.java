package dev.tutti.core.streams;

import dev.tutti.api.audio.Sources;
import dev.tutti.api.stream.StreamStatus;
import dev.tutti.api.stream.Streams;
import dev.tutti.api.stream.Streams.CommandResult;
import dev.tutti.api.stream.Tap;
import dev.tutti.api.stream.TransportCommand;
import dev.tutti.core.plugins.PluginScope;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * All streams as one step function. {@link #step} and {@link #close} are called by one thread (the
 * {@link Conductor}, or a test); everything else by any.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class StreamEngine {
  public StreamEngine(
      StreamTiming timing, SourceExecutor sources, AnchorStore anchors, Patience patience) {
    throw new UnsupportedOperationException();
  }

  /**
   * Does what is due and says when it wants to be called again, on the same clock. To be called
   * earlier when {@link #onEvent} says so.
   */
  public long step(long nowMicros) {
    throw new UnsupportedOperationException();
  }

  /** Sets what to call, from any thread, when there is something to do before the next wake-up. */
  public void onEvent(Runnable wake) {
    throw new UnsupportedOperationException();
  }

  /**
   * Adds a stream at the end of the list. It exists at once, also when no plugin for its source is
   * there yet.
   *
   * @throws IllegalArgumentException if there is one with its name
   */
  public void add(StreamConfig config) {
    throw new UnsupportedOperationException();
  }

  /** Removes a stream; its taps give nothing more. Answers whether there was one. */
  public boolean remove(String streamId) {
    throw new UnsupportedOperationException();
  }

  /** All streams in order. */
  public List<StreamStatus> list() {
    throw new UnsupportedOperationException();
  }

  /** Gives a command; the answer comes when it is accepted or refused. */
  public CompletableFuture<CommandResult> command(String streamId, TransportCommand command) {
    throw new UnsupportedOperationException();
  }

  /** Begins to listen, see {@link Streams#listen}. */
  public Tap listen(String streamId, Runnable ready) {
    throw new UnsupportedOperationException();
  }

  /** The streams as one plugin sees them. */
  public Streams streams(PluginScope scope) {
    throw new UnsupportedOperationException();
  }

  /** Where one plugin offers sources. */
  public Sources sources(PluginScope scope) {
    throw new UnsupportedOperationException();
  }

  /** Stores the anchors and lets all sources go. Nothing is called afterwards. */
  public void close(long nowMicros) {
    throw new UnsupportedOperationException();
  }
}
