package dev.tutti.api.audio;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which channels of a stream a listener's two channels are taken from, written {@code stereo},
 * {@code left}, {@code right}, {@code mono}, {@code swap}, or a pair such as {@code 3+4}.
 *
 * @param kind how
 * @param first for a pair: the source channel that goes left, from 1; else 0
 * @param second for a pair: the source channel that goes right, from 1; else 0
 */
public record ChannelRoute(Kind kind, int first, int second) {
  /** Ways to choose channels. */
  public enum Kind {
    /** All channels as they are. */
    STEREO,
    /** The left channel on both sides. */
    LEFT,
    /** The right channel on both sides. */
    RIGHT,
    /** The mean of left and right on both sides. */
    MONO,
    /** Left and right exchanged. */
    SWAP,
    /** Two channels of a source that has more. */
    PAIR
  }

  /** All channels as they are. */
  public static final ChannelRoute STEREO = new ChannelRoute(Kind.STEREO, 0, 0);

  private static final int MOST_CHANNELS = 8;
  private static final Pattern PAIR = Pattern.compile("([1-8])\\+([1-8])");

  public ChannelRoute {
    boolean pair = kind == Kind.PAIR;
    int least = pair ? 1 : 0;
    int most = pair ? MOST_CHANNELS : 0;
    if (first < least || first > most || second < least || second > most) {
      throw new IllegalArgumentException(
          pair
              ? "the channels of a pair are 1 to 8, not " + first + "+" + second
              : kind + " names no channels");
    }
  }

  /**
   * @throws IllegalArgumentException with a readable reason for any other text
   */
  public static ChannelRoute parse(String text) {
    Matcher pair = PAIR.matcher(text.strip());
    if (pair.matches()) {
      return new ChannelRoute(
          Kind.PAIR, Integer.parseInt(pair.group(1)), Integer.parseInt(pair.group(2)));
    }
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "stereo" -> STEREO;
      case "left" -> new ChannelRoute(Kind.LEFT, 0, 0);
      case "right" -> new ChannelRoute(Kind.RIGHT, 0, 0);
      case "mono" -> new ChannelRoute(Kind.MONO, 0, 0);
      case "swap" -> new ChannelRoute(Kind.SWAP, 0, 0);
      default ->
          throw new IllegalArgumentException(
              "channels must be stereo, left, right, mono, swap or a pair such as 3+4, not \""
                  + text
                  + "\"");
    };
  }

  @Override
  public String toString() {
    return kind == Kind.PAIR ? first + "+" + second : kind.name().toLowerCase(Locale.ROOT);
  }
}
