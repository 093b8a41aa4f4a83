package dev.tutti.audio.codec.flac;

import dev.tutti.api.audio.SampleFormat;
import java.util.Arrays;

/**
 * Writes single FLAC frames, each complete in itself.
 *
 * <p>In streams each is numbered 0, and that constant number is on purpose: libFLAC from 1.4 on
 * fills a forward jump of frame numbers with silence, and chunks are left out for slow and muted
 * clients, or come from another encoder after a fork. A constant number plays on without a break.
 * Allocates only the packet.
 */
final class FlacFrameCoder {
  private static final int LEFT_SIDE = 8;
  private static final int SIDE_RIGHT = 9;
  private static final int MID_SIDE = 10;

  private final SampleFormat format;
  private final BitWriter out;
  private final int[] mid;
  private final int[] side;
  private final Subframe[] subframes;

  FlacFrameCoder(SampleFormat format, int maxFrames) {
    this.format = format;
    this.out = new BitWriter(maxFrames * format.frameBytes() + 64);
    this.mid = new int[maxFrames];
    this.side = new int[maxFrames];
    this.subframes = new Subframe[format.channels()];
    Arrays.setAll(subframes, i -> new Subframe(maxFrames));
  }

  /**
   * Encodes one frame.
   *
   * @param channels one array per channel, right-justified samples
   * @param frames 1 to the maximum
   */
  byte[] encode(int[][] channels, int frames) {
    return encode(channels, frames, 0);
  }

  /**
   * Encodes a frame of a file.
   *
   * @param number of the block in the file
   */
  byte[] encode(int[][] channels, int frames, int number) {
    int assignment =
        format.channels() == 2
            ? planStereo(channels[0], channels[1], frames)
            : planSingly(channels, frames);
    out.clear();
    writeHead(assignment, frames, number);
    for (Subframe subframe : subframes) {
      subframe.write(out);
    }
    byte[] body = out.bytes();
    int length = out.length();
    byte[] packet = Arrays.copyOf(body, length + 2);
    int crc = FlacCrc.crc16(packet, 0, length);
    packet[length] = (byte) (crc >> 8);
    packet[length + 1] = (byte) crc;
    return packet;
  }

  private int planSingly(int[][] channels, int frames) {
    for (int c = 0; c < channels.length; c++) {
      subframes[c].plan(channels[c], frames, format.bits());
    }
    return channels.length - 1;
  }

  private int planStereo(int[] left, int[] right, int frames) {
    int bits = format.bits();
    for (int i = 0; i < frames; i++) {
      mid[i] = (left[i] + right[i]) >> 1;
      side[i] = left[i] - right[i];
    }
    long l = subframes[0].estimate(left, frames, bits);
    long r = subframes[0].estimate(right, frames, bits);
    long m = subframes[0].estimate(mid, frames, bits);
    long s = subframes[0].estimate(side, frames, bits + 1);
    long least = Math.min(Math.min(l + r, l + s), Math.min(s + r, m + s));
    if (least == l + r) {
      return pair(left, bits, right, bits, frames, 1);
    }
    if (least == m + s) {
      return pair(mid, bits, side, bits + 1, frames, MID_SIDE);
    }
    return least == l + s
        ? pair(left, bits, side, bits + 1, frames, LEFT_SIDE)
        : pair(side, bits + 1, right, bits, frames, SIDE_RIGHT);
  }

  private int pair(int[] a, int aBits, int[] b, int bBits, int frames, int assignment) {
    subframes[0].plan(a, frames, aBits);
    subframes[1].plan(b, frames, bBits);
    return assignment;
  }

  /** Sync with fixed block size, block size spelled out, frame number, CRC-8. */
  private void writeHead(int assignment, int frames, int number) {
    boolean small = frames <= 256;
    out.write(0xFFF8, 16);
    out.write(small ? 6 : 7, 4);
    out.write(rateCode(format.rate()), 4);
    out.write(assignment, 4);
    out.write(bitsCode(format.bits()), 3);
    out.write(0, 1);
    writeNumber(number);
    out.write(frames - 1, small ? 8 : 16);
    byte[] head = out.bytes();
    out.write(FlacCrc.crc8(head, 0, out.length()), 8);
  }

  /** Like a character in UTF-8, with up to 31 bits. */
  private void writeNumber(int number) {
    if (number < 0x80) {
      out.write(number, 8);
      return;
    }
    int more = 1; // bytes of six bits each after the first, which has room for 6 − more
    while (number >>> (6 * more + 6 - more) != 0) {
      more++;
    }
    out.write(0xFF00 >> (more + 1) | number >>> (6 * more), 8);
    for (int i = more - 1; i >= 0; i--) {
      out.write(0x80 | (number >>> (6 * i) & 0x3F), 8);
    }
  }

  /** 0 sends the reader to STREAMINFO. */
  private static int rateCode(int rate) {
    return switch (rate) {
      case 88_200 -> 1;
      case 176_400 -> 2;
      case 192_000 -> 3;
      case 8_000 -> 4;
      case 16_000 -> 5;
      case 22_050 -> 6;
      case 24_000 -> 7;
      case 32_000 -> 8;
      case 44_100 -> 9;
      case 48_000 -> 10;
      case 96_000 -> 11;
      default -> 0;
    };
  }

  private static int bitsCode(int bits) {
    return switch (bits) {
      case 8 -> 1;
      case 16 -> 4;
      default -> 6;
    };
  }
}
