package dev.tutti.audio.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HarmonyTest {
  /** Bells reach from just below the tonic to here, in steps of the scale. */
  private static final int HIGHEST_STEP = 16;

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void nothingThatSoundsTogetherRubs(long seed) {
    Harmony harmony = new Harmony(seed);
    for (long section = 0; section < 400; section++) {
      List<Integer> chord = notes(harmony, section);
      List<Integer> all = new ArrayList<>(chord);
      for (int step = -1; step <= HIGHEST_STEP; step++) {
        all.add(harmony.bell(section, step));
      }
      for (int note : chord) {
        for (int other : all) {
          // No minor second, near or octaves away; no tritone either.
          assertThat(Math.abs(other - note) % 12)
              .as("%d and %d in section %d, seed %d", note, other, section, seed)
              .isNotIn(1, 6);
        }
      }
    }
  }

  @Test
  void lowNotesKeepTheirDistance() {
    Harmony harmony = new Harmony(1);
    for (long section = 0; section < 200; section++) {
      List<Integer> chord = notes(harmony, section).stream().sorted().toList();
      assertThat(chord.get(1) - chord.get(0)).as("section %d", section).isGreaterThanOrEqualTo(5);
    }
  }

  @Test
  void thePieceBeginsAtHomeAndVisitsOtherKeys() {
    Harmony harmony = new Harmony(7);
    Set<Integer> tonics = new HashSet<>();
    for (long section = 0; section < 800; section++) {
      tonics.add(harmony.tonic(section));
    }
    int home = harmony.tonic(0);
    assertThat(tonics).containsExactlyInAnyOrder(home, home + 5, home - 5);
  }

  @Test
  void concertPitchIs440() {
    assertThat(Harmony.hz(69)).isEqualTo(440);
    assertThat(Harmony.hz(57)).isCloseTo(220, within(1e-9));
  }

  private static List<Integer> notes(Harmony harmony, long section) {
    int tonic = harmony.tonic(section);
    Harmony.Chord chord = harmony.chord(section);
    List<Integer> notes = new ArrayList<>(List.of(tonic + chord.bass()));
    chord.voices().forEach(voice -> notes.add(tonic + voice));
    return notes;
  }
}
