package dev.tutti.audio.codec.flac;

import dev.tutti.audio.codec.CodecSpec;

/** The only option of the codec: how hard to compress. */
final class FlacLevel {
  static final int DEFAULT = 2;

  /** Up to here libFLAC uses fixed predictors, as our own encoder always does. */
  static final int HIGHEST_FIXED = 2;

  private FlacLevel() {}

  /**
   * @return 0 to 8
   * @throws IllegalArgumentException if the options are anything else
   */
  static int of(CodecSpec spec) {
    String text = spec.options().strip();
    if (text.isEmpty()) {
      return DEFAULT;
    }
    if (text.length() == 1 && text.charAt(0) >= '0' && text.charAt(0) <= '8') {
      return text.charAt(0) - '0';
    }
    throw new IllegalArgumentException("flac takes a level of 0 to 8, not \"" + text + "\"");
  }
}
