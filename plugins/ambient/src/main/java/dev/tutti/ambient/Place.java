package dev.tutti.ambient;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in a generated sound, written {@code frame@rate/seed}: survives a restart, and another
 * sample rate.
 *
 * @param frame the next one to be heard, from 0
 * @param rate frames per second the frame is counted in
 * @param seed of the piece; 0 where there is none
 */
record Place(long frame, int rate, long seed) {
  private static final Pattern TEXT = Pattern.compile("(\\d{1,15})@(\\d{4,6})/(-?\\d{1,19})");

  Place {
    if (rate < 8000) {
      throw new IllegalArgumentException("a place cannot be counted at " + rate + " Hz");
    }
  }

  /**
   * @throws IllegalArgumentException if the text is no place
   */
  static Place parse(String text) {
    Matcher m = TEXT.matcher(text);
    if (!m.matches()) {
      throw new IllegalArgumentException(
          "expected a place such as 480000@48000/7, not \"" + text + "\"");
    }
    try {
      return new Place(
          Long.parseLong(m.group(1)), Integer.parseInt(m.group(2)), Long.parseLong(m.group(3)));
    } catch (NumberFormatException tooLarge) {
      throw new IllegalArgumentException("the seed in \"" + text + "\" is too large", tooLarge);
    }
  }

  /** The same instant, counted at another rate. */
  Place at(int otherRate) {
    long seconds = frame / rate;
    long rest = frame % rate;
    return new Place(seconds * otherRate + rest * otherRate / rate, otherRate, seed);
  }

  @Override
  public String toString() {
    return frame + "@" + rate + "/" + seed;
  }
}
