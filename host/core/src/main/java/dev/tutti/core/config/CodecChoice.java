package dev.tutti.core.config;

import dev.tutti.audio.codec.CodecSpec;
import java.util.List;

/** A codec that clients of the Snapcast protocol know, with its options. */
public record CodecChoice(CodecSpec spec) {
  private static final List<String> KNOWN = List.of("flac", "pcm", "opus", "ogg", "null");

  /**
   * @throws IllegalArgumentException for any other codec, naming the nearest one
   */
  public static CodecChoice parse(String text) {
    CodecSpec spec = CodecSpec.parse(text);
    if (!KNOWN.contains(spec.codec())) {
      throw new IllegalArgumentException(
          "expected flac, pcm, opus, ogg or null"
              + Nearest.of(spec.codec(), KNOWN)
                  .map(n -> "; did you mean \"" + n + "\"?")
                  .orElse(""));
    }
    return new CodecChoice(spec);
  }

  @Override
  public String toString() {
    return spec.toString();
  }
}
