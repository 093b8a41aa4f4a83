package dev.tutti.audio.codec;

import dev.tutti.api.audio.SampleFormat;

/**
 * Turns frames into packets that clients of the Snapcast protocol can decode one by one. Used by
 * one thread. Packets come out in order and together hold exactly the frames that went in, apart
 * from what is still inside.
 */
public interface Encoder extends AutoCloseable {
  /** {@code pcm}, {@code flac}, {@code opus} or {@code ogg}. */
  String codec();

  /** What {@link #encode} takes: rate and channels as opened; bits as they leave on the wire. */
  SampleFormat format();

  /**
   * The codec's own stream head: for flac {@code fLaC} and STREAMINFO, for ogg the pages with the
   * three headers; empty for pcm and opus. The array is the caller's.
   */
  byte[] header();

  /**
   * Encodes frames.
   *
   * @param samples interleaved floats, full scale ±1, not kept
   * @param frames how many
   * @param exactBits as in {@link dev.tutti.api.audio.AudioBlock#exactBits}: decides about dither
   * @param out receives packets, possibly none, possibly several
   */
  void encode(float[] samples, int frames, int exactBits, PacketSink out);

  /** Frames that went in and have not come out yet. */
  int framesInside();

  @Override
  void close();

  /** Takes packets. */
  @FunctionalInterface
  interface PacketSink {
    /**
     * @param data the packet; the receiver's to keep
     * @param frames how many frames it decodes to
     */
    void packet(byte[] data, int frames);
  }
}
