package dev.tutti.audio.codec.stream;

import dev.tutti.api.audio.SampleFormat;
import java.io.Closeable;
import java.io.IOException;

/**
 * One coded stream, decoded run by run as the codec gives it: with delay and padding, at positions
 * counted the codec's way. {@link TrimmedDecoder} makes a {@link dev.tutti.audio.codec.Decoder} of
 * it. For one thread.
 */
public interface CodedStream extends Closeable {
  SampleFormat format();

  /**
   * Decodes the next run into {@link #samples()}.
   *
   * @return how many frames it has, 0 if this piece of data made none, −1 at the end
   */
  int next() throws IOException;

  /** The last run, interleaved, full scale ±1; valid until the next call. */
  float[] samples();

  /**
   * Goes to a place from which the frame can be reached by decoding forward, so that it comes out
   * as it does without seeking.
   *
   * @param frame at or after the stream's first
   * @return the position of the first frame that {@link #next} will give; not after the one asked
   *     for, unless that lies beyond the end
   */
  long seek(long frame) throws IOException;
}
