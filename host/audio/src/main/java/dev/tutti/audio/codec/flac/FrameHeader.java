package dev.tutti.audio.codec.flac;

import java.util.Optional;

/**
 * The head of a FLAC frame.
 *
 * @param frames in this block
 * @param rate 0 if only STREAMINFO tells
 * @param assignment channels − 1, or 8 left/side, 9 side/right, 10 mid/side
 * @param bits 0 if only STREAMINFO tells
 * @param number of its first frame if {@code numbersFrames}, else of the block
 * @param bytes that the head takes, check sum included
 */
record FrameHeader(
    int frames, int rate, int assignment, int bits, long number, boolean numbersFrames, int bytes) {
  /** The longest head: sync 2, codes 2, number 7, block size 2, rate 2, check sum 1. */
  static final int MAX_BYTES = 16;

  private static final int[] RATES = {
    0, 88_200, 176_400, 192_000, 8_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 96_000
  };
  private static final int[] BITS = {0, 8, 12, -1, 16, 20, 24, 32};

  int channels() {
    return assignment < 8 ? assignment + 1 : 2;
  }

  /** Whether bytes can be the beginning of a head: cheap, for searching. */
  static boolean mayStart(byte first, byte second) {
    return first == (byte) 0xFF && (second & 0xFE) == 0xF8;
  }

  /**
   * Reads a head.
   *
   * @return empty unless there is a whole and valid one
   */
  static Optional<FrameHeader> parse(byte[] data, int from, int to) {
    if (to - from < 6 || !mayStart(data[from], data[from + 1])) {
      return Optional.empty();
    }
    int sizes = data[from + 2] & 0xFF;
    int shape = data[from + 3] & 0xFF;
    int blockCode = sizes >> 4;
    int rateCode = sizes & 0xF;
    int assignment = shape >> 4;
    int bits = BITS[(shape >> 1) & 7];
    if (blockCode == 0 || rateCode == 15 || assignment > 10 || bits < 0 || (shape & 1) != 0) {
      return Optional.empty();
    }
    int at = from + 4;
    int numberBytes = numberBytes(data[at]);
    int blockBytes = blockCode == 6 ? 1 : blockCode == 7 ? 2 : 0;
    int rateBytes = rateCode == 12 ? 1 : rateCode >= 13 ? 2 : 0;
    int length = 4 + numberBytes + blockBytes + rateBytes + 1;
    if (numberBytes == 0 || to - from < length) {
      return Optional.empty();
    }
    if (FlacCrc.crc8(data, from, from + length - 1) != (data[from + length - 1] & 0xFF)) {
      return Optional.empty();
    }
    long number = number(data, at, numberBytes);
    at += numberBytes;
    int frames = blockBytes > 0 ? bigEndian(data, at, blockBytes) + 1 : blockFrames(blockCode);
    int rate = rate(rateCode, rateBytes > 0 ? bigEndian(data, at + blockBytes, rateBytes) : 0);
    boolean numbersFrames = (data[from + 1] & 1) != 0;
    return Optional.of(
        new FrameHeader(frames, rate, assignment, bits, number, numbersFrames, length));
  }

  /** The number is written like a character in UTF-8, with up to 7 bytes; 0 if it is not. */
  private static int numberBytes(byte first) {
    int ones = Integer.numberOfLeadingZeros(~(first << 24));
    return ones == 0 ? 1 : ones == 1 || ones > 7 ? 0 : ones;
  }

  private static long number(byte[] data, int at, int bytes) {
    if (bytes == 1) {
      return data[at];
    }
    long number = data[at] & (0xFF >> (bytes + 1));
    for (int i = 1; i < bytes; i++) {
      number = number << 6 | (data[at + i] & 0x3F);
    }
    return number;
  }

  private static int bigEndian(byte[] data, int at, int bytes) {
    return bytes == 1 ? data[at] & 0xFF : (data[at] & 0xFF) << 8 | (data[at + 1] & 0xFF);
  }

  private static int blockFrames(int code) {
    return code == 1 ? 192 : code < 6 ? 576 << (code - 2) : 256 << (code - 8);
  }

  private static int rate(int code, int written) {
    return switch (code) {
      case 12 -> written * 1000;
      case 13 -> written;
      case 14 -> written * 10;
      default -> RATES[code];
    };
  }
}
