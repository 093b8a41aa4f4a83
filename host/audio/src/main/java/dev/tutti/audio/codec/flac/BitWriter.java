package dev.tutti.audio.codec.flac;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Writes bits, most significant first, into an array that grows once and is used again. */
final class BitWriter {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private byte[] bytes;
  private int length;
  private long pending;
  private int pendingBits;

  BitWriter(int capacity) {
    bytes = new byte[capacity + Long.BYTES];
  }

  void clear() {
    length = 0;
    pending = 0;
    pendingBits = 0;
  }

  /** Appends the low bits of a number; 0 to 32 of them. What lies above is ignored. */
  void write(int value, int bits) {
    pending = (pending << bits) | (value & ((1L << bits) - 1));
    pendingBits += bits;
    if (pendingBits >= Integer.SIZE) {
      if (length + Integer.BYTES > bytes.length) {
        bytes = Arrays.copyOf(bytes, bytes.length * 2);
      }
      pendingBits -= Integer.SIZE;
      INT.set(bytes, length, (int) (pending >>> pendingBits));
      length += Integer.BYTES;
    }
  }

  /** Appends a run of zero bits. */
  void zeros(int bits) {
    int left = bits;
    while (left > Integer.SIZE) {
      write(0, Integer.SIZE);
      left -= Integer.SIZE;
    }
    write(0, left);
  }

  /** Appends a Rice code: the high part as that many zeros and a one, then the low bits. */
  void rice(int folded, int parameter) {
    int high = folded >>> parameter;
    int low = (1 << parameter) | (folded & ((1 << parameter) - 1));
    if (high + 1 + parameter <= Integer.SIZE) {
      write(low, high + 1 + parameter);
    } else {
      zeros(high);
      write(low, parameter + 1);
    }
  }

  /** Fills up to a whole byte with zeros and gives what is written so far, valid until clear. */
  byte[] bytes() {
    write(0, -pendingBits & 7);
    if (length + Integer.BYTES > bytes.length) {
      bytes = Arrays.copyOf(bytes, bytes.length * 2);
    }
    while (pendingBits > 0) {
      pendingBits -= 8;
      bytes[length++] = (byte) (pending >>> pendingBits);
    }
    return bytes;
  }

  /** Whole bytes written; call after {@link #bytes()}. */
  int length() {
    return length;
  }
}
