package dev.tutti.api.stream;

import dev.tutti.api.audio.PlayOrder;
import java.time.Duration;

/** What a listener can ask of a stream. */
public sealed interface TransportCommand {
  /** Play, from where it was paused or stopped. */
  record Play() implements TransportCommand {}

  /** Rest at the frame that is audible when the pause is heard. */
  record Pause() implements TransportCommand {}

  /** Rest, and start the track anew at the next play. */
  record Stop() implements TransportCommand {}

  record Next() implements TransportCommand {}

  /** The track before, or the start of this one if it has played for more than three seconds. */
  record Previous() implements TransportCommand {}

  /** Go to a position in the track. */
  record Seek(Duration position) implements TransportCommand {}

  /** Go forth, or back if negative, from the commanded position. */
  record SeekBy(Duration offset) implements TransportCommand {}

  /** Go to a track by its id. */
  record Jump(String trackId) implements TransportCommand {}

  record SetShuffle(boolean shuffle) implements TransportCommand {}

  record SetRepeat(PlayOrder.Repeat repeat) implements TransportCommand {}

  /** Set the player's own volume, which is not the listeners'. */
  record SetVolume(int percent) implements TransportCommand {}

  /** Mute the player itself, or end that. */
  record SetMute(boolean muted) implements TransportCommand {}

  /** Play faster or slower; 1 is as recorded. */
  record SetRate(double rate) implements TransportCommand {}

  /** Kinds, to say what a stream can do. */
  enum Kind {
    PLAY,
    PAUSE,
    STOP,
    NEXT,
    PREVIOUS,
    SEEK,
    JUMP,
    ORDER,
    /** Volume, mute and rate of the player behind a stream. */
    PLAYER
  }

  /** The kind this command needs. */
  default Kind kind() {
    return switch (this) {
      case Play p -> Kind.PLAY;
      case Pause p -> Kind.PAUSE;
      case Stop s -> Kind.STOP;
      case Next n -> Kind.NEXT;
      case Previous p -> Kind.PREVIOUS;
      case Seek s -> Kind.SEEK;
      case SeekBy s -> Kind.SEEK;
      case Jump j -> Kind.JUMP;
      case SetShuffle s -> Kind.ORDER;
      case SetRepeat r -> Kind.ORDER;
      case SetVolume v -> Kind.PLAYER;
      case SetMute m -> Kind.PLAYER;
      case SetRate r -> Kind.PLAYER;
    };
  }
}
