package dev.tutti.audio.codec.mp3;

import java.util.Optional;

/**
 * The four bytes that every frame of MPEG audio begins with.
 *
 * @param version 1, 2, or 3 for the unofficial 2.5
 * @param layer 1 to 3
 * @param rate frames (samples) per second
 * @param channels 1 or 2
 * @param samples per channel in this frame
 * @param bytes length of this frame, head included
 * @param crc whether a check sum follows the head
 */
record FrameHeader(
    int version, int layer, int rate, int channels, int samples, int bytes, boolean crc) {
  static final int BYTES = 4;

  private static final int[] RATES_V1 = {44_100, 48_000, 32_000};
  private static final int[][] KBITS_V1 = {
    {0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448},
    {0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384},
    {0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320}
  };
  private static final int[][] KBITS_V2 = {
    {0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256},
    {0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160},
    {0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160}
  };

  /**
   * Reads a head.
   *
   * @param bits the four bytes, most significant first
   * @return empty if this is none; frames of free bit rate count as none
   */
  static Optional<FrameHeader> parse(int bits) {
    int versionCode = bits >>> 19 & 3;
    int layerCode = bits >>> 17 & 3;
    int kbitsCode = bits >>> 12 & 15;
    int rateCode = bits >>> 10 & 3;
    boolean valid =
        bits >>> 21 == 0x7FF
            && versionCode != 1
            && layerCode != 0
            && kbitsCode != 0
            && kbitsCode != 15
            && rateCode != 3
            && (bits & 3) != 2;
    if (!valid) {
      return Optional.empty();
    }
    int version = versionCode == 3 ? 1 : versionCode == 2 ? 2 : 3;
    int layer = 4 - layerCode;
    int rate = RATES_V1[rateCode] >> (version - 1);
    int kbits = (version == 1 ? KBITS_V1 : KBITS_V2)[layer - 1][kbitsCode];
    int padding = bits >>> 9 & 1;
    int samples = layer == 1 ? 384 : layer == 3 && version > 1 ? 576 : 1152;
    int bytes =
        layer == 1
            ? (12_000 * kbits / rate + padding) * 4
            : samples / 8 * 1000 * kbits / rate + padding;
    int channels = (bits >>> 6 & 3) == 3 ? 1 : 2;
    boolean crc = (bits >>> 16 & 1) == 0;
    return Optional.of(new FrameHeader(version, layer, rate, channels, samples, bytes, crc));
  }

  /** Whether both can belong to one stream. */
  boolean fits(FrameHeader other) {
    return version == other.version && layer == other.layer && rate == other.rate;
  }

  /** Where the Xing or Info tag lies in a frame that carries one: behind the side information. */
  int tagOffset() {
    boolean mono = channels == 1;
    int side = version == 1 ? (mono ? 17 : 32) : mono ? 9 : 17;
    return BYTES + side;
  }
}
