package dev.tutti.audio.codec.flac;

/** Changes finished FLAC frames. */
final class FlacFrames {
  private static final int NUMBER_AT = 4;

  private FlacFrames() {}

  /**
   * Copies a frame, numbered 0, with both check sums made anew.
   *
   * @param frame one whole frame with fixed block size
   */
  static byte[] numberedZero(byte[] frame) {
    int numberBytes = numberBytes(frame[NUMBER_AT]);
    int extra = extraBytes(frame[2]);
    int shorter = numberBytes - 1;
    byte[] copy = new byte[frame.length - shorter];
    System.arraycopy(frame, 0, copy, 0, NUMBER_AT);
    int rest = NUMBER_AT + 1;
    System.arraycopy(frame, rest + shorter, copy, rest, copy.length - rest);
    int headEnd = rest + extra;
    copy[headEnd] = (byte) FlacCrc.crc8(copy, 0, headEnd);
    int crc = FlacCrc.crc16(copy, 0, copy.length - 2);
    copy[copy.length - 2] = (byte) (crc >> 8);
    copy[copy.length - 1] = (byte) crc;
    return copy;
  }

  /** The number is written like a UTF-8 character. */
  private static int numberBytes(byte first) {
    int ones = Integer.numberOfLeadingZeros(~(first << 24));
    return Math.max(1, ones);
  }

  /** Bytes for block size and rate that follow the number. */
  private static int extraBytes(byte sizes) {
    int block = (sizes >> 4) & 0xF;
    int rate = sizes & 0xF;
    int blockBytes = block == 6 ? 1 : block == 7 ? 2 : 0;
    int rateBytes = rate == 12 ? 1 : rate == 13 || rate == 14 ? 2 : 0;
    return blockBytes + rateBytes;
  }
}
