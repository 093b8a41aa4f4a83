package dev.tutti.api.cue;

import java.util.Map;
import java.util.Set;

/**
 * Plays cues to players. Offered as a service by the plugin that serves the players; it renders the
 * cue into what these players are sent, and leaves what all others are sent as it is. Thread-safe;
 * calls may block for a moment: not for audio threads.
 */
public interface Cues {
  /**
   * Which of these players cannot be played a cue, each with the reason as a sentence; players that
   * are not connected are not named.
   */
  Map<String, String> obstacles(Set<String> playerIds);

  /** The earliest instant on the server clock at which {@link #play} could let this cue begin. */
  long soonestMicros(Cue cue, Set<String> playerIds);

  /**
   * Plays a cue at one instant for all these players. Those that are not connected hear it if they
   * connect before it is over.
   *
   * @param notBeforeMicros on the server clock; it begins then or as soon after as all can hear it
   * @param instead cues that end, faded, for these players only
   */
  Playing play(Cue cue, Set<String> playerIds, long notBeforeMicros, Set<Playing> instead);

  /** A cue that is planned or sounds. Thread-safe. */
  interface Playing {
    /** The instant its first frame is heard, on the server clock. */
    long startMicros();

    /** The instant its last frame has been heard. */
    long endMicros();

    /** Ends it as soon as possible, faded. Does nothing if it is over. */
    void callOff();
  }
}
