package dev.tutti.audio.codec.opus;

import dev.tutti.api.audio.SampleFormat;
import dev.tutti.audio.codec.CodecSpec;
import java.util.Locale;

/**
 * The options of the opus encoder, written {@code BITRATE:128000,COMPLEXITY:5}.
 *
 * @param bitrate bits per second, 6000 to 512000, or {@link #MAX} or {@link #AUTO}
 * @param complexity 1 to 10
 */
record OpusOptions(int bitrate, int complexity) {
  static final int MAX = -1;
  static final int AUTO = -1000;

  private static final int DEFAULT_BITRATE = 192_000;
  private static final int DEFAULT_COMPLEXITY = 10;
  private static final SampleFormat ONLY = new SampleFormat(48_000, 16, 2);

  /**
   * @throws IllegalArgumentException with a readable reason
   */
  static OpusOptions of(CodecSpec spec) {
    int bitrate = DEFAULT_BITRATE;
    int complexity = DEFAULT_COMPLEXITY;
    for (String option : spec.options().split(",", -1)) {
      String text = option.strip().toUpperCase(Locale.ROOT);
      if (text.isEmpty()) {
        continue;
      }
      if (text.startsWith("BITRATE:")) {
        bitrate = bitrate(text.substring("BITRATE:".length()).strip());
      } else if (text.startsWith("COMPLEXITY:")) {
        complexity = number(text.substring("COMPLEXITY:".length()).strip(), 1, 10, "COMPLEXITY");
      } else {
        throw new IllegalArgumentException(
            "opus takes BITRATE:n and COMPLEXITY:n, not \"" + option.strip() + "\"");
      }
    }
    return new OpusOptions(bitrate, complexity);
  }

  private static int bitrate(String text) {
    return switch (text) {
      case "MAX" -> MAX;
      case "AUTO" -> AUTO;
      default -> number(text, 6000, 512_000, "BITRATE");
    };
  }

  private static int number(String text, int least, int most, String what) {
    if (text.matches("\\d{1,6}")) {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    }
    throw new IllegalArgumentException(
        "%s of opus must be %d to %d%s, not \"%s\""
            .formatted(what, least, most, what.equals("BITRATE") ? ", MAX or AUTO" : "", text));
  }

  /**
   * @throws IllegalArgumentException unless the format is the one every client can play
   */
  static void check(SampleFormat format) {
    if (!format.equals(ONLY)) {
      throw new IllegalArgumentException("opus takes " + ONLY + " only, not " + format);
    }
  }
}
