package dev.tutti.snapcast.sessions;

import dev.tutti.api.audio.SampleFormat;
import dev.tutti.audio.codec.CodecSpec;
import dev.tutti.audio.codec.Encoder;

/** Opens encoders; {@code Encoders::open} outside tests. */
@FunctionalInterface
public interface EncoderOpener {
  /**
   * @throws IllegalArgumentException with a readable reason if that codec cannot be had, or cannot
   *     take the format or the options
   */
  Encoder open(CodecSpec spec, SampleFormat format, int blockFrames);
}
