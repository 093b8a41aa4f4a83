package dev.tutti.audio.signal;

import java.util.ArrayList;
import java.util.List;

/**
 * The sounds of the built-in piece, built from sines: a pad, a bass, and a bell in a large room.
 * The room is part of the bell: a sine in a reverberating hall is heard as a cluster of sines close
 * to it, different at each ear, that rises after it and falls slowly.
 */
final class Instruments {
  private static final double PAD_GAIN = 0.040;
  private static final double BASS_GAIN = 0.064;
  private static final double BELL_GAIN = 0.15;

  private static final double GLIMMER_GAIN = 0.0018;

  /** An echo that answers from the other side. */
  private static final double ECHO_SECONDS = 0.9;

  private static final double ECHO_GAIN = 0.32;

  private final int rate;
  private final int grid;

  Instruments(int rate, int grid) {
    this.rate = rate;
    this.grid = grid;
  }

  /** A chord's note: two voices a hair apart, one at each side, which beat slowly. */
  Tone pad(long start, int midi, double attack, long dice) {
    double hz = Harmony.hz(midi);
    // High notes softer, as a choir would.
    double gain = PAD_GAIN * Math.pow(hz / 220, -0.35);
    int harmonics = hz < 250 ? 4 : 3;
    List<Partial> partials = new ArrayList<>();
    for (int h = 1; h <= harmonics; h++) {
      double level = gain / Math.pow(h, 1.7);
      double apart = 0.05 + 0.10 * Hash.unit(dice, h);
      double length = AmbientScore.SECTION_SECONDS + 6.5;
      // Upper partials come later and go earlier: the sound opens and closes.
      double rise = attack * (1 + 0.25 * (h - 1));
      double end = length - 0.8 * (h - 1);
      partials.add(
          sine(
              hz * h - apart,
              Hash.unit(dice, 20 + h),
              level,
              0.25 * level,
              rise,
              0,
              end,
              6,
              start));
      partials.add(
          sine(
              hz * h + apart,
              Hash.unit(dice, 30 + h),
              0.25 * level,
              level,
              rise,
              0,
              end,
              6,
              start));
    }
    double swayHz = 0.03 + 0.04 * Hash.unit(dice, 1);
    return new Tone(start, rate, partials, swayHz, 0.3, Hash.unit(dice, 2));
  }

  /** The ground of a chord, in the middle. Low notes a step apart growl, so it makes way soon. */
  Tone bass(long start, int midi, double attack, long dice) {
    double hz = Harmony.hz(midi);
    double length = AmbientScore.SECTION_SECONDS + 2;
    List<Partial> partials = new ArrayList<>();
    for (int h = 1; h <= 3; h++) {
      double level = BASS_GAIN / Math.pow(h, 1.5);
      partials.add(
          sine(hz * h, Hash.unit(dice, 70 + h), level, level, attack, 0, length, 3, start));
    }
    return new Tone(start, rate, partials, 0, 0, 0);
  }

  /** Light far above the chord: a note too high to be one, that swells and goes. */
  Tone glimmer(long start, int midi, long dice) {
    List<Partial> partials = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      double hz = Harmony.hz(midi) + 9 * Hash.signed(dice, i);
      double level = GLIMMER_GAIN * (0.5 + Hash.unit(dice, 10 + i));
      double left = i % 2 == 0 ? level : 0;
      partials.add(
          sine(hz, Hash.unit(dice, 20 + i), left, level - left, 4 + i * 0.5, 0, 12, 6, start));
    }
    return new Tone(start, rate, partials, 0.05, 0.5, Hash.unit(dice, 30));
  }

  /**
   * A bell, struck softly, with its room and two echoes.
   *
   * @param force 0 to 1
   * @param side −1 left to 1 right
   */
  void bell(long start, int midi, double force, double side, long dice, List<Tone> tones) {
    double hz = Harmony.hz(midi);
    double gain = BELL_GAIN * force * Math.pow(hz / 440, -0.6);
    tones.add(strike(start, hz, gain, side, force));
    tones.add(room(start, hz, gain, dice));
    double echo = gain;
    double from = side;
    for (int i = 1; i <= 2; i++) {
      echo *= ECHO_GAIN;
      from = -from;
      long late = Math.round(i * ECHO_SECONDS * rate);
      tones.add(echo(start + late, hz, echo, from));
    }
  }

  private Tone strike(long start, double hz, double gain, double side, double force) {
    double left = gain * Math.sqrt(0.5 - 0.5 * side);
    double right = gain * Math.sqrt(0.5 + 0.5 * side);
    List<Partial> partials = new ArrayList<>();
    partials.add(sine(hz, 0, left, right, 0.012, 1.1, 5, 1.5, start));
    partials.add(sine(hz * 2, 0, left * 0.3, right * 0.3, 0.010, 2.2, 3, 0.8, start));
    partials.add(sine(hz * 3, 0, left * 0.08, right * 0.08, 0.008, 4, 1.5, 0.5, start));
    // What is heard of the mallet: brighter when struck harder.
    double mallet = 0.10 * force;
    partials.add(sine(hz * 5.4, 0, left * mallet, right * mallet, 0.006, 14, 0.5, 0.2, start));
    return new Tone(start, rate, partials, 0, 0, 0);
  }

  private Tone room(long start, double hz, double gain, long dice) {
    List<Partial> partials = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      double level = 0.30 * gain;
      partials.add(spread(start, hz, level, 0, 1.1, dice, i));
      partials.add(spread(start, hz, 0, level, 1.1, dice, 10 + i));
    }
    partials.add(spread(start, hz * 2, 0.10 * gain, 0, 1.1, dice, 20));
    partials.add(spread(start, hz * 2, 0, 0.10 * gain, 1.1, dice, 21));
    return new Tone(start, rate, partials, 0, 0, 0);
  }

  private Partial spread(
      long start, double hz, double left, double right, double hertz, long dice, int i) {
    double apart = hertz * Hash.signed(dice, 100 + i);
    double attack = 0.15 + 0.15 * Hash.unit(dice, 200 + i);
    return sine(hz + apart, Hash.unit(dice, 300 + i), left, right, attack, 0.75, 8, 3, start);
  }

  private Tone echo(long start, double hz, double gain, double side) {
    double left = gain * Math.sqrt(0.5 - 0.5 * side);
    double right = gain * Math.sqrt(0.5 + 0.5 * side);
    List<Partial> partials = new ArrayList<>();
    partials.add(sine(hz, 0, left, right, 0.04, 1.2, 4, 1.5, start));
    partials.add(sine(hz * 2, 0, left * 0.2, right * 0.2, 0.04, 2.5, 2, 0.8, start));
    return new Tone(start, rate, partials, 0, 0, 0);
  }

  private Partial sine(
      double hz,
      double phase,
      double left,
      double right,
      double attack,
      double decay,
      double length,
      double release,
      long start) {
    var shape = new Partial.Shape(hz, phase, left, right, attack, decay, length, release);
    return new Partial(shape, rate, start, grid);
  }
}
