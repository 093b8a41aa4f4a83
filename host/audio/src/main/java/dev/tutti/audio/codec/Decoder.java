package dev.tutti.audio.codec;

import dev.tutti.api.audio.AudioBlock;
import dev.tutti.api.audio.SampleFormat;
import java.io.IOException;
import java.util.OptionalLong;

/**
 * Reads one piece of audio, frame by frame, without the encoder's delay and padding. Used by one
 * thread; close it when done. Corrupt data ends in an IOException with a readable reason, never in
 * anything else.
 */
public interface Decoder extends AutoCloseable {
  /**
   * The format of the file: its rate, its channels, and the bits its samples have (16 for lossy
   * codecs).
   */
  SampleFormat format();

  /** Exact length in frames after trimming, if the file says so. */
  OptionalLong totalFrames();

  /**
   * Appends frames to the block, whose channel count must be the format's. Sets the block's
   * exactBits for lossless codecs.
   *
   * @return false at the end, with nothing appended
   */
  boolean read(AudioBlock block) throws IOException;

  /** Goes to a frame, exactly: the next read starts with it. Beyond the end: the end. */
  void seek(long frame) throws IOException;

  @Override
  void close() throws IOException;
}
