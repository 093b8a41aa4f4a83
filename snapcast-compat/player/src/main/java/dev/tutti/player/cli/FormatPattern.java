package dev.tutti.player.cli;

import dev.tutti.api.audio.SampleFormat;

/**
 * A device's format as far as it is fixed; 0 where it is as the stream's.
 *
 * @param rate frames per second
 * @param bits 8, 16, 24 or 32
 * @param channels 1 to 8
 */
record FormatPattern(int rate, int bits, int channels) {
  /**
   * Reads {@code RATE:BITS:CHANNELS} with {@code *} for what is not fixed.
   *
   * @throws IllegalArgumentException with a sentence for the user
   */
  static FormatPattern parse(String text) {
    String[] parts = text.strip().split(":", -1);
    if (parts.length != 3 || !text.strip().matches("(\\d{1,6}|\\*):(\\d{1,2}|\\*):(\\d|\\*)")) {
      throw new IllegalArgumentException(
          "expected RATE:BITS:CHANNELS, for example 48000:16:2 or *:24:*, not \"" + text + "\"");
    }
    FormatPattern pattern = new FormatPattern(number(parts[0]), number(parts[1]), number(parts[2]));
    // Says what is out of range.
    pattern.over(SampleFormat.DEFAULT);
    return pattern;
  }

  private static int number(String part) {
    return part.equals("*") ? 0 : Integer.parseInt(part);
  }

  /** The device's format for a stream. */
  SampleFormat over(SampleFormat stream) {
    return new SampleFormat(
        rate == 0 ? stream.rate() : rate,
        bits == 0 ? stream.bits() : bits,
        channels == 0 ? stream.channels() : channels);
  }
}
