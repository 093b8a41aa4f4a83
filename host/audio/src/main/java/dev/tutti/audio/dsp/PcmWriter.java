package dev.tutti.audio.dsp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Floats to PCM, the way back of {@link PcmReader}: samples that the bits hold exactly come out bit
 * by bit as they came in; anything else is rounded, with dither when it goes to 16 bits or fewer.
 * Beyond full scale is clamped, NaN is silence. Used by one thread; does not allocate.
 */
public final class PcmWriter {
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private final int bits;
  private final double scale;
  private final double lowest;
  private final double highest;
  private final Dither dither;

  /**
   * @param bits 8, 16, 24 or 32
   * @param dither used where it is needed; this writer's own from now on
   */
  public PcmWriter(int bits, Dither dither) {
    this.bits = checkedBits(bits);
    this.scale = fullScale(bits);
    this.lowest = -scale;
    this.highest = scale - 1;
    this.dither = dither;
  }

  /** Bytes of one sample on the wire. */
  public int sampleBytes() {
    return containerBytes(bits);
  }

  /**
   * Converts to bytes as Snapcast sends them.
   *
   * @param count samples, not frames
   * @param exactBits as in {@link dev.tutti.api.audio.AudioBlock#exactBits()}: decides about dither
   */
  public void toBytes(
      float[] in, int offset, int count, int exactBits, byte[] out, int byteOffset) {
    boolean dithered = Dither.needed(exactBits, bits);
    switch (bits) {
      case 8 -> {
        for (int i = 0; i < count; i++) {
          out[byteOffset + i] = (byte) quantise(in[offset + i], dithered);
        }
      }
      case 16 -> {
        for (int i = 0; i < count; i++) {
          SHORT.set(out, byteOffset + 2 * i, (short) quantise(in[offset + i], dithered));
        }
      }
      default -> {
        for (int i = 0; i < count; i++) {
          INT.set(out, byteOffset + 4 * i, quantise(in[offset + i], dithered));
        }
      }
    }
  }

  /**
   * Converts to integers as encoders take them, right-justified.
   *
   * @param count samples, not frames
   * @param exactBits as in {@link dev.tutti.api.audio.AudioBlock#exactBits()}: decides about dither
   */
  public void toInts(float[] in, int offset, int count, int exactBits, int[] out, int outOffset) {
    boolean dithered = Dither.needed(exactBits, bits);
    for (int i = 0; i < count; i++) {
      out[outOffset + i] = quantise(in[offset + i], dithered);
    }
  }

  private int quantise(float sample, boolean dithered) {
    double value = sample * scale;
    if (dithered) {
      value += dither.next();
    }
    return (int) Math.min(highest, Math.max(lowest, Math.rint(value)));
  }

  static double fullScale(int bits) {
    return 1L << (bits - 1);
  }

  static int containerBytes(int bits) {
    return bits == 8 ? 1 : bits == 16 ? 2 : 4;
  }

  static int checkedBits(int bits) {
    if (bits != 8 && bits != 16 && bits != 24 && bits != 32) {
      throw new IllegalArgumentException("bits must be 8, 16, 24 or 32, not " + bits);
    }
    return bits;
  }
}
