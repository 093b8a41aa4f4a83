package dev.tutti.audio.codec;

import java.util.Locale;

/**
 * A codec and its options, written as Snapcast does: {@code flac}, {@code flac:5}, {@code
 * opus:BITRATE:128000,COMPLEXITY:5}.
 *
 * @param codec lower case
 * @param options what follows the first colon, or empty
 */
public record CodecSpec(String codec, String options) {
  public static CodecSpec parse(String text) {
    int colon = text.indexOf(':');
    return colon < 0
        ? new CodecSpec(text.strip().toLowerCase(Locale.ROOT), "")
        : new CodecSpec(
            text.substring(0, colon).strip().toLowerCase(Locale.ROOT), text.substring(colon + 1));
  }

  @Override
  public String toString() {
    return options.isEmpty() ? codec : codec + ":" + options;
  }
}
