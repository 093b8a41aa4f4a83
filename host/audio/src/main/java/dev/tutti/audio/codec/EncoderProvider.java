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

  /** The priority for these options, where one encoder is better at some of them. */
  default int priority(CodecSpec spec) {
    return priority();
  }

  /** Whether it can work on this machine (its library is there). */
  default boolean available() {
    return true;
  }

  /**
   * What it needs to work, for a user who lacks it: {@code ogg needs libvorbisenc: apt install …}.
   */
  default String requirement() {
    return codec() + " works everywhere";
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
