package dev.tutti.audio.dsp;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * PCM to floats: integer / 2^(bits−1), exact up to 24 bits. Bytes are laid out as Snapcast sends
 * them, little endian and signed: 8 bit in one byte, 16 in two, 24 in the low three of four, 32 in
 * four. Stateless, any thread; does not allocate.
 */
public final class PcmReader {
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private final int bits;
  private final float scale;

  /**
   * @param bits 8, 16, 24 or 32
   */
  public PcmReader(int bits) {
    this.bits = PcmWriter.checkedBits(bits);
    this.scale = (float) (1 / PcmWriter.fullScale(bits));
  }

  /** Bytes of one sample. */
  public int sampleBytes() {
    return PcmWriter.containerBytes(bits);
  }

  /**
   * How many bits hold what was read exactly, for {@link
   * dev.tutti.api.audio.AudioBlock#exactBits(int)}: 32-bit samples lose their last bits in a float,
   * so nothing is promised for them.
   */
  public int exactBits() {
    return bits == 32 ? 0 : bits;
  }

  /**
   * Converts bytes.
   *
   * @param count samples, not frames
   */
  public void toFloats(byte[] in, int byteOffset, float[] out, int offset, int count) {
    switch (bits) {
      case 8 -> {
        for (int i = 0; i < count; i++) {
          out[offset + i] = in[byteOffset + i] * scale;
        }
      }
      case 16 -> {
        for (int i = 0; i < count; i++) {
          out[offset + i] = (short) SHORT.get(in, byteOffset + 2 * i) * scale;
        }
      }
      case 24 -> {
        for (int i = 0; i < count; i++) {
          int value = (int) INT.get(in, byteOffset + 4 * i);
          // Some writers leave the fourth byte zero instead of extending the sign.
          out[offset + i] = (value << 8 >> 8) * scale;
        }
      }
      default -> {
        for (int i = 0; i < count; i++) {
          out[offset + i] = (int) INT.get(in, byteOffset + 4 * i) * scale;
        }
      }
    }
  }

  /**
   * Converts integers as decoders deliver them, right-justified.
   *
   * @param count samples, not frames
   */
  public void toFloats(int[] in, int inOffset, float[] out, int offset, int count) {
    for (int i = 0; i < count; i++) {
      out[offset + i] = in[inOffset + i] * scale;
    }
  }
}
