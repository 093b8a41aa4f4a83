package dev.tutti.audio.codec.flac;

import dev.tutti.audio.codec.flac.BitReader.OutOfBits;
import java.io.IOException;

/**
 * Decodes single FLAC frames, of files and of chunks alike. Allocates nothing once it has seen the
 * largest block. For one thread.
 */
final class FlacFrameDecoder {
  private final BitReader in = new BitReader();
  private final Subblock subblock = new Subblock(in);
  private final int channelCount;
  private final int bits;
  private int[][] channels;

  /**
   * @param bits per sample, 4 to 24
   */
  FlacFrameDecoder(int channelCount, int bits) {
    this.channelCount = channelCount;
    this.bits = bits;
    this.channels = new int[channelCount][0];
  }

  /** One array per channel, right-justified samples; valid until the next frame. */
  int[][] channels() {
    return channels;
  }

  /**
   * Decodes the frame that begins at a place.
   *
   * @param header parsed from there
   * @return where the frame ends
   * @throws OutOfBits if the frame goes on beyond {@code to}
   * @throws IOException if it is damaged; says how
   */
  int decode(FrameHeader header, byte[] data, int from, int to) throws IOException {
    if (header.channels() != channelCount || (header.bits() != 0 && header.bits() != bits)) {
      throw new IOException("the format changes in the middle");
    }
    if (channels[0].length < header.frames()) {
      channels = new int[channelCount][header.frames()];
    }
    in.open(data, from + header.bytes(), to);
    for (int c = 0; c < channelCount; c++) {
      subblock.read(channels[c], header.frames(), bits + (isSide(header, c) ? 1 : 0));
    }
    int end = in.alignedPosition();
    if (end + 2 > to) {
      throw new OutOfBits();
    }
    if (FlacCrc.crc16(data, from, end + 2) != 0) {
      throw new IOException("the check sum is wrong");
    }
    join(header);
    return end + 2;
  }

  private static boolean isSide(FrameHeader header, int channel) {
    return switch (header.assignment()) {
      case 8, 10 -> channel == 1;
      case 9 -> channel == 0;
      default -> false;
    };
  }

  private void join(FrameHeader header) {
    int[] a = channels[0];
    int[] b = channelCount > 1 ? channels[1] : a;
    int frames = header.frames();
    switch (header.assignment()) {
      case 8 -> {
        for (int i = 0; i < frames; i++) {
          b[i] = a[i] - b[i];
        }
      }
      case 9 -> {
        for (int i = 0; i < frames; i++) {
          a[i] += b[i];
        }
      }
      case 10 -> {
        for (int i = 0; i < frames; i++) {
          int side = b[i];
          int sum = a[i] << 1 | (side & 1);
          a[i] = (sum + side) >> 1;
          b[i] = (sum - side) >> 1;
        }
      }
      default -> {}
    }
  }
}
