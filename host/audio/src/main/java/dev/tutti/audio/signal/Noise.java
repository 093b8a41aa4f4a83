package dev.tutti.audio.signal;

/**
 * Random sound, different on each channel, the same for the same seed.
 *
 * @param colour white: as much in each hertz; pink: as much in each octave
 * @param amplitude linear; no sample exceeds it
 */
public record Noise(Colour colour, double amplitude, long seed) implements Signal {
  /** How the power lies over the frequencies. */
  public enum Colour {
    WHITE,
    PINK
  }

  /** Octaves of pink noise: down to 1 Hz at 48 kHz. */
  private static final int ROWS = 15;

  @Override
  public float sample(long frame, int channel) {
    long voice = Hash.of(seed, channel);
    return switch (colour) {
      case WHITE -> (float) (amplitude * Hash.signed(voice, frame));
      case PINK -> (float) (amplitude * pink(voice, frame));
    };
  }

  /** Voss's way: one row per octave, each changing half as often as the one above it. */
  private static double pink(long voice, long frame) {
    double sum = Hash.signed(voice, frame);
    for (int row = 1; row <= ROWS; row++) {
      // Half a period apart, so that no two rows ever change together.
      long step = (frame + (1L << (row - 1))) >> row;
      sum += Hash.signed(voice + row, step);
    }
    return sum / (ROWS + 1);
  }
}
