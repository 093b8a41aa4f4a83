package dev.tutti.audio.signal;

import java.util.ArrayList;
import java.util.List;

/**
 * What is played when: a chord of soft pads in each section of twelve seconds, and a few bells.
 * Each section is a function of seed and number alone.
 */
final class AmbientScore {
  static final double SECTION_SECONDS = 12;

  /** Sections back that may still sound: no tone is longer than three. */
  static final int REACH = 2;

  private static final int SLOTS = 8;

  /** Turns of phrase, in steps of the scale; a section plays the first few of one. */
  private static final int[][] MOTIFS = {
    {0, 2, 4, 3, 1},
    {4, 3, 1, 2, 0},
    {0, 3, 2, 5, 4},
    {2, 4, 1, 3, 0},
    {5, 2, 4, 0, 3},
    {0, 1, 3, 5, 4}
  };

  /** When the notes of a motif come, in eighths of a section. */
  private static final double[][] RHYTHMS = {
    {0.5, 2, 3, 5, 6.5},
    {1, 1.5, 4, 5, 7},
    {0.5, 2.5, 4.5, 5, 7},
    {1, 3, 3.5, 6, 7},
    {0, 2, 4, 4.5, 6}
  };

  private final long seed;
  private final int rate;
  private final Instruments instruments;
  private final Harmony harmony;

  AmbientScore(long seed, int rate, int grid) {
    this.seed = seed;
    this.rate = rate;
    this.instruments = new Instruments(rate, grid);
    this.harmony = new Harmony(seed);
  }

  long sectionFrames() {
    return Math.round(SECTION_SECONDS * rate);
  }

  /** The tones that begin in a section; none before section 0. */
  List<Tone> section(long section) {
    List<Tone> tones = new ArrayList<>();
    if (section >= 0) {
      pads(section, tones);
      bells(section, tones);
      glimmer(section, tones);
    }
    return tones;
  }

  private void pads(long section, List<Tone> tones) {
    Harmony.Chord chord = harmony.chord(section);
    int tonic = harmony.tonic(section);
    long dice = Hash.of(seed + 10, section);
    // Nobody wants to wait for the very first chord.
    double attack = section == 0 ? 1.2 : 4.5;
    double bassLate = section == 0 ? 0 : 1;
    tones.add(instruments.bass(at(section, bassLate), tonic + chord.bass(), attack / 2, dice));
    int voice = 0;
    for (int note : chord.voices()) {
      voice++;
      double late = section == 0 ? 0 : 1.2 * Hash.unit(dice, voice);
      tones.add(
          instruments.pad(at(section, late), tonic + note, attack, Hash.of(dice, 10 + voice)));
    }
  }

  private void glimmer(long section, List<Tone> tones) {
    long dice = Hash.of(seed + 30, section);
    for (int i = 0; i < 2; i++) {
      int midi = harmony.bell(section, 10 + pick(dice, i, 6));
      double seconds = SECTION_SECONDS * (0.1 + 0.45 * i + 0.3 * Hash.unit(dice, 10 + i));
      tones.add(instruments.glimmer(at(section, seconds), midi, Hash.of(dice, 20 + i)));
    }
  }

  private void bells(long section, List<Tone> tones) {
    long dice = Hash.of(seed + 20, section);
    int[] motif = MOTIFS[pick(seed + 21, section / 4, MOTIFS.length)];
    double[] rhythm = RHYTHMS[pick(dice, 1, RHYTHMS.length)];
    // The piece breathes: some minutes have many bells, some have few.
    double tide = 0.5 + 0.5 * Math.sin(2 * Math.PI * (section / 17.0 + Hash.unit(seed, 22)));
    int notes = 1 + (int) Math.round(tide * 3 + Hash.unit(dice, 2));
    int shift = pick(dice, 3, 4) - 1;
    for (int i = 0; i < Math.min(notes, rhythm.length); i++) {
      double slot = (rhythm[i] + 0.06 * Hash.signed(dice, 30 + i)) / SLOTS;
      double seconds = Math.max(0.3, slot * SECTION_SECONDS);
      int midi = harmony.bell(section, motif[i] + shift);
      double force = 0.6 + 0.4 * Hash.unit(dice, 40 + i);
      double side = 0.8 * Hash.signed(dice, 50 + i);
      instruments.bell(at(section, seconds), midi, force, side, Hash.of(dice, 60 + i), tones);
    }
  }

  private static int pick(long dice, long place, int count) {
    return (int) (Hash.unit(dice, place) * count);
  }

  private long at(long section, double seconds) {
    return section * sectionFrames() + Math.round(seconds * rate);
  }
}
