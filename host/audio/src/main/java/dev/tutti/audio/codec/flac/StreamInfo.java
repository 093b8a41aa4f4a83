package dev.tutti.audio.codec.flac;

import dev.tutti.api.audio.SampleFormat;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The head of a FLAC stream without end: the marker and one STREAMINFO block, flagged as last. */
final class StreamInfo {
  /** The smallest and largest block the format can hold. */
  static final int MIN_BLOCK_FRAMES = 16;

  static final int MAX_BLOCK_FRAMES = 65_535;

  private static final int LAST_STREAMINFO = 0x80;
  private static final int STREAMINFO_BYTES = 34;
  private static final int HEAD_BYTES = 4 + 4 + STREAMINFO_BYTES;

  private StreamInfo() {}

  /** 42 bytes: frame sizes, length and MD5 are unknown, every block has the same size. */
  static byte[] head(SampleFormat format, int blockFrames) {
    long packed =
        ((long) format.rate() << 44)
            | ((long) (format.channels() - 1) << 41)
            | ((long) (format.bits() - 1) << 36);
    return ByteBuffer.allocate(HEAD_BYTES)
        .put("fLaC".getBytes(StandardCharsets.US_ASCII))
        .putInt(LAST_STREAMINFO << 24 | STREAMINFO_BYTES)
        .putShort((short) blockFrames)
        .putShort((short) blockFrames)
        .put(new byte[6])
        .putLong(packed)
        .array();
  }

  /**
   * The head of a whole file.
   *
   * @param smallest bytes of the smallest frame
   * @param largest bytes of the largest frame
   * @param md5 of the samples, 16 bytes
   */
  static byte[] head(
      SampleFormat format, int blockFrames, int smallest, int largest, long frames, byte[] md5) {
    ByteBuffer head = ByteBuffer.wrap(head(format, blockFrames));
    head.put(12, new byte[] {(byte) (smallest >> 16), (byte) (smallest >> 8), (byte) smallest});
    head.put(15, new byte[] {(byte) (largest >> 16), (byte) (largest >> 8), (byte) largest});
    head.putLong(18, head.getLong(18) | frames);
    head.put(26, md5);
    return head.array();
  }

  /**
   * @throws IllegalArgumentException if FLAC cannot hold this format or block
   */
  static void check(SampleFormat format, int blockFrames) {
    if (format.bits() > 24) {
      throw new IllegalArgumentException(
          "flac carries 8, 16 or 24 bits, not " + format + "; use 24 bits, or codec pcm");
    }
    if (blockFrames < MIN_BLOCK_FRAMES || blockFrames > MAX_BLOCK_FRAMES) {
      throw new IllegalArgumentException(
          "flac needs blocks of 16 to 65535 frames, not " + blockFrames);
    }
  }
}
