package dev.tutti.api.audio;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How samples are laid out, written {@code 48000:16:2} (rate : bits : channels) as Snapcast does.
 *
 * @param rate frames per second, 8000 to 384000
 * @param bits 8, 16, 24 or 32 per sample
 * @param channels samples per frame, 1 to 8
 */
public record SampleFormat(int rate, int bits, int channels) {
  /** What nearly every device plays: {@code 48000:16:2}. */
  public static final SampleFormat DEFAULT = new SampleFormat(48_000, 16, 2);

  private static final Pattern TEXT = Pattern.compile("(\\d{4,6}):(\\d{1,2}):(\\d{1,2})");

  public SampleFormat {
    if (rate < 8000 || rate > 384_000) {
      throw new IllegalArgumentException("sample rate must be 8000 to 384000, not " + rate);
    }
    if (bits != 8 && bits != 16 && bits != 24 && bits != 32) {
      throw new IllegalArgumentException("bits must be 8, 16, 24 or 32, not " + bits);
    }
    if (channels < 1 || channels > 8) {
      throw new IllegalArgumentException("channels must be 1 to 8, not " + channels);
    }
  }

  /**
   * @throws IllegalArgumentException unless the text reads rate:bits:channels within the limits
   */
  public static SampleFormat parse(String text) {
    Matcher m = TEXT.matcher(text.strip());
    if (!m.matches()) {
      throw new IllegalArgumentException(
          "expected rate:bits:channels, for example 48000:16:2, not \"" + text + "\"");
    }
    return new SampleFormat(
        Integer.parseInt(m.group(1)), Integer.parseInt(m.group(2)), Integer.parseInt(m.group(3)));
  }

  /**
   * Bytes of one sample in a Snapcast stream: 1, 2, 4 (24 bit travels in 4), 4. Reference: protocol
   * section 3.
   */
  public int containerBytes() {
    return bits == 8 ? 1 : bits == 16 ? 2 : 4;
  }

  /** Bytes of one frame in a Snapcast stream. */
  public int frameBytes() {
    return containerBytes() * channels;
  }

  /** The time so many frames take, in whole microseconds, truncated. */
  public long microsOf(long frames) {
    return Math.floorDiv(frames * 1_000_000L, rate);
  }

  /** How many whole frames fit into so many microseconds. */
  public long framesIn(long micros) {
    return Math.floorDiv(micros * rate, 1_000_000L);
  }

  @Override
  public String toString() {
    return rate + ":" + bits + ":" + channels;
  }
}
