package dev.tutti.audio.codec;

import dev.tutti.api.audio.SampleFormat;

/** Makes encoders of one codec. Found by ServiceLoader; stateless and thread-safe. */
public interface EncoderProvider {
  /** {@code pcm}, {@code flac}, {@code opus} or {@code ogg}. */
  String codec();

  /** For messages: {@code libFLAC 1.4.2}, {@code pure Java}. */
  String name();

  /** Higher is taken first. Pure Java 0, native libraries 10. */
  default int priority() {
    return 0;
  }

  /** Whether it can work on this machine (its library is there). */
  default boolean available() {
    return true;
  }

  /**
   * @param spec codec and options
   * @param format what will be fed. A codec that cannot take it (opus takes 48000:16:2 only) says
   *     so
   * @param blockFrames frames per call to encode, as a rule
   * @throws IllegalArgumentException with a readable reason for options or formats it cannot take
   */
  Encoder open(CodecSpec spec, SampleFormat format, int blockFrames);
}
