package dev.tutti.audio.codec;

import dev.tutti.api.audio.SampleFormat;

/**
 * Decodes a stream chunk by chunk, each holding one or more whole codec frames, from wherever one
 * joins it. Damaged data becomes silence as long, or is left out where its length is unknown; it
 * never ends the stream. For one thread.
 */
public interface ChunkDecoder {
  /** Rate, channels, and the bits its samples have (16 for lossy codecs). */
  SampleFormat format();

  /** As in {@link dev.tutti.api.audio.AudioBlock#exactBits()}; 0 for lossy codecs. */
  int exactBits();

  /**
   * Decodes a chunk into {@link #samples()}.
   *
   * @return how many frames it gave, 0 if none
   */
  int decode(byte[] chunk);

  /** What the last chunk gave, interleaved, full scale ±1; valid until the next. */
  float[] samples();
}
