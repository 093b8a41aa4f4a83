package dev.tutti.audio.signal;

import java.util.List;

/**
 * Which chord sounds when: phrases of eight sections, each phrase a walk through one key, keys a
 * fifth apart. No chord has the leading note, so every chord gets along with the next and with all
 * bells of the same key.
 */
final class Harmony {
  static final int PHRASE = 8;

  /** The lowest tonic, D2 as a MIDI note number. */
  private static final int LOWEST_TONIC = 38;

  /**
   * A chord, in semitones above the tonic.
   *
   * @param bass its lowest note
   * @param voices the others
   */
  record Chord(int bass, List<Integer> voices) {}

  private static final Chord HOME = new Chord(0, List.of(12, 19, 26, 28));
  private static final Chord HOME_OPEN = new Chord(4, List.of(12, 19, 21, 26));
  private static final Chord SIXTH = new Chord(9, List.of(16, 19, 24, 26));
  private static final Chord FOURTH = new Chord(5, List.of(12, 19, 21, 28));
  private static final Chord FIFTH = new Chord(7, List.of(14, 21, 24, 26));
  private static final Chord SECOND = new Chord(2, List.of(14, 21, 24, 28));

  private static final List<List<Chord>> WALKS =
      List.of(
          List.of(HOME, SIXTH, FOURTH, HOME_OPEN, SECOND, FIFTH, FOURTH, FIFTH),
          List.of(HOME, FOURTH, HOME_OPEN, FOURTH, SIXTH, SECOND, FOURTH, FIFTH),
          List.of(HOME, FIFTH, SIXTH, FOURTH, HOME_OPEN, SECOND, FIFTH, FOURTH),
          List.of(HOME, SECOND, HOME_OPEN, FOURTH, HOME, SIXTH, SECOND, FIFTH),
          List.of(HOME, HOME_OPEN, FOURTH, SECOND, SIXTH, FOURTH, SECOND, FIFTH));

  /** Home twice as often as the keys a fifth up and down. */
  private static final int[] KEYS = {0, 0, 5, -5};

  /** The notes every chord of a key gets along with, in semitones above the tonic. */
  private static final int[] SCALE = {0, 2, 4, 7, 9};

  private final long seed;
  private final int tonic;

  Harmony(long seed) {
    this.seed = seed;
    this.tonic = LOWEST_TONIC + (int) Math.floorMod(Hash.of(seed, 1), 6L);
  }

  /** The chord of a section. */
  Chord chord(long section) {
    long phrase = Math.floorDiv(section, (long) PHRASE);
    List<Chord> walk =
        WALKS.get((int) Math.floorMod(Hash.of(seed + 2, phrase), (long) WALKS.size()));
    return walk.get((int) Math.floorMod(section, (long) PHRASE));
  }

  /** The tonic of a section as a MIDI note number. The piece begins at home. */
  int tonic(long section) {
    long phrase = Math.floorDiv(section, (long) PHRASE);
    int key = phrase == 0 ? 0 : (int) Math.floorMod(Hash.of(seed + 3, phrase), (long) KEYS.length);
    return tonic + KEYS[key];
  }

  /** A note of the scale, counted from the tonic two octaves up, as a MIDI note number. */
  int bell(long section, int step) {
    int octave = Math.floorDiv(step, SCALE.length);
    return tonic(section) + 24 + 12 * octave + SCALE[Math.floorMod(step, SCALE.length)];
  }

  static double hz(int midi) {
    return 440 * Math.pow(2, (midi - 69) / 12.0);
  }
}
