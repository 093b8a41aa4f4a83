package dev.tutti.interop;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Stereo noise in which every frame says which frame it is: a 32-bit counter, scrambled by an
 * invertible mix, half of it in each channel. So each recorded frame can be named without a search,
 * and a missing or doubled one is seen at once.
 */
final class CountedNoise implements Fed {
  private static final int ODD = 0x9E3779B1;
  private static final int ODD_INVERSE = inverse(ODD);

  private final int bits;
  private final int rate;

  /**
   * @param bits 16, or 24 (which travels in 4 bytes; its lowest 8 bits follow from the upper 16)
   */
  CountedNoise(int bits, int rate) {
    this.bits = bits;
    this.rate = rate;
  }

  /** At 48 kHz. */
  CountedNoise(int bits) {
    this(bits, 48_000);
  }

  @Override
  public int rate() {
    return rate;
  }

  int bits() {
    return bits;
  }

  @Override
  public int frameBytes() {
    return bits == 16 ? 4 : 8;
  }

  /**
   * Appends frames {@code first} to {@code first + count - 1}, numbered from 1 so that silence is
   * no frame.
   */
  @Override
  public void write(ByteBuffer out, int first, int count) {
    out.order(ByteOrder.LITTLE_ENDIAN);
    for (int i = first; i < first + count; i++) {
      int mixed = mix(i + 1);
      if (bits == 16) {
        out.putShort((short) (mixed >> 16)).putShort((short) mixed);
      } else {
        out.putInt(wide(mixed >> 16)).putInt(wide((short) mixed));
      }
    }
  }

  /** The number of a frame, or −1 for silence, or −2 if it cannot be one of ours. */
  int number(byte[] pcm, int at) {
    ByteBuffer in = ByteBuffer.wrap(pcm).order(ByteOrder.LITTLE_ENDIAN);
    int left;
    int right;
    if (bits == 16) {
      left = in.getShort(at);
      right = in.getShort(at + 2);
    } else {
      int wideLeft = in.getInt(at);
      int wideRight = in.getInt(at + 4);
      left = wideLeft >> 8;
      right = wideRight >> 8;
      if (wideLeft != 0 && (wide(left) != wideLeft || wide(right) != wideRight)) {
        return -2;
      }
    }
    if (left == 0 && right == 0) {
      return -1;
    }
    int number = unmix((left << 16) | (right & 0xFFFF)) - 1;
    return number >= 0 ? number : -2;
  }

  /**
   * A run of consecutive frames in a recording.
   *
   * @param at frame in the recording
   * @param first number of its first frame
   * @param length frames
   */
  record Run(int at, int first, int length) {}

  /**
   * The runs of consecutive frames of ours in a recording, in order; silence and foreign frames lie
   * between them.
   */
  List<Run> runs(byte[] pcm, int limit) {
    List<Run> runs = new ArrayList<>();
    int frames = pcm.length / frameBytes();
    int at = 0;
    while (at < frames) {
      int first = number(pcm, at * frameBytes());
      if (first < 0 || first >= limit) {
        at++;
        continue;
      }
      int length = 1;
      while (at + length < frames && number(pcm, (at + length) * frameBytes()) == first + length) {
        length++;
      }
      runs.add(new Run(at, first, length));
      at += length;
    }
    return runs;
  }

  private static int wide(int upper) {
    return (upper << 8) | ((upper * 37) & 0xFF);
  }

  private static int mix(int x) {
    int y = x * ODD;
    y ^= y >>> 15;
    return y * ODD;
  }

  private static int unmix(int y) {
    int x = y * ODD_INVERSE;
    x ^= x >>> 15;
    x ^= x >>> 30;
    return x * ODD_INVERSE;
  }

  private static int inverse(int odd) {
    int x = odd;
    for (int i = 0; i < 5; i++) {
      x *= 2 - odd * x;
    }
    return x;
  }
}
