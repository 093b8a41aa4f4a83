package dev.tutti.api.stream;

import dev.tutti.api.Registration;
import dev.tutti.api.audio.SourceUri;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The streams of the house. Thread-safe. */
public interface Streams {
  /** All streams in the order of the configuration; the first is the default for new players. */
  List<StreamStatus> list();

  Optional<StreamStatus> find(String streamId);

  /**
   * Gives a command. It acts on the commanded state and returns as soon as it is accepted or
   * refused, usually before anything is heard: every listener hears it at one instant, as soon as
   * what they were already given has played.
   */
  CommandResult command(String streamId, TransportCommand command);

  /**
   * Adds a stream at the end of the list, named by {@code ?name=}; it is there again after a
   * restart. Whether an address may be used by whoever asks is for the caller to decide.
   *
   * @return the stream, which exists even while no plugin offers its source
   * @throws IllegalArgumentException with a sentence for the user: no name, a name that is taken,
   *     options that cannot be, too many streams
   */
  StreamStatus add(SourceUri source);

  /**
   * Removes a stream. Groups that listen to it are moved to the default one first. One that was
   * added stays away; one from the configuration is back after a restart.
   *
   * @return whether there was one
   * @throws IllegalArgumentException if it is the last one
   */
  boolean remove(String streamId);

  /**
   * Opens or closes a stream's gate. Closed, it is silent and stays up: a source that can be
   * repositioned stays where it is and goes on there, and of a live one what comes is thrown away.
   * What is commanded meanwhile is heard when the gate opens.
   *
   * @return whether there is such a stream
   */
  boolean setPlaying(String streamId, boolean playing);

  /**
   * Whether a stream's gate is open, as was said last by {@link #setPlaying} or the configuration;
   * empty if there is no such stream. Whether it sounds is another matter: see {@link
   * StreamStatus#activity}.
   */
  Optional<Boolean> playing(String streamId);

  /** Told of each change of the list or of a status, in order, on a thread of the plugin. */
  Registration onChange(Consumer<StreamEvent> listener);

  /**
   * Begins to listen. The stream is rendered while somebody does.
   *
   * @param ready called from the host's threads when a further block can be taken; must return at
   *     once (wake a thread, set a flag)
   * @throws IllegalArgumentException if there is no such stream
   */
  Tap listen(String streamId, Runnable ready);

  /**
   * Begins to listen as far ahead as the stream is rendered. The stream is rendered while somebody
   * does.
   *
   * @param ready as for {@link #listen}; called also when something was taken back
   * @throws IllegalArgumentException if there is no such stream
   */
  DeepTap listenAhead(String streamId, Runnable ready);

  /** Something happened to a stream. */
  sealed interface StreamEvent {
    String streamId();

    record Added(StreamStatus status) implements StreamEvent {
      @Override
      public String streamId() {
        return status.id();
      }
    }

    record Removed(String streamId) implements StreamEvent {}

    record Changed(StreamStatus before, StreamStatus now) implements StreamEvent {
      @Override
      public String streamId() {
        return now.id();
      }
    }
  }

  /** What became of a command. */
  sealed interface CommandResult {
    record Accepted() implements CommandResult {}

    /**
     * @param reason one sentence for the user
     */
    record Refused(Why why, String reason) implements CommandResult {}

    enum Why {
      NO_SUCH_STREAM,
      NOT_CONTROLLABLE,
      NOT_NOW,
      FAILED
    }
  }
}
