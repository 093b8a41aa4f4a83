package dev.tutti.audio.codec.flac;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Reads bits, most significant first, from a stretch of an array. Allocates nothing. */
final class BitReader {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /** The stretch is over; not an error of the data if more of it can be had. */
  static final class OutOfBits extends IOException {
    OutOfBits() {
      super("the data ends in the middle of a frame");
    }

    /** It says "read on" to the caller, many times per file: nobody reads the trace. */
    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized")
    public Throwable fillInStackTrace() {
      return this;
    }
  }

  private byte[] data = new byte[0];
  private int at;
  private int end;

  /** The next bits, left-aligned; below {@code count} lies what will be read again. */
  private long bits;

  private int count;

  void open(byte[] stretch, int from, int to) {
    data = stretch;
    at = from;
    end = to;
    bits = 0;
    count = 0;
  }

  private void refill() {
    if (at + Long.BYTES <= end) {
      bits |= (long) LONG.get(data, at) >>> count;
      int bytes = (Long.SIZE - count) >> 3;
      at += bytes;
      count += bytes * 8;
      return;
    }
    bits = count == 0 ? 0 : bits & (-1L << (Long.SIZE - count));
    while (count <= Long.SIZE - 8 && at < end) {
      bits |= (data[at++] & 0xFFL) << (Long.SIZE - 8 - count);
      count += 8;
    }
  }

  private void need(int n) throws OutOfBits {
    if (count < n) {
      refill();
      if (count < n) {
        throw new OutOfBits();
      }
    }
  }

  /** Reads an unsigned number of 0 to 32 bits. */
  int unsigned(int n) throws OutOfBits {
    if (n == 0) {
      return 0;
    }
    need(n);
    int value = (int) (bits >>> (Long.SIZE - n));
    drop(n);
    return value;
  }

  /** Reads a signed number of 0 to 32 bits. */
  int signed(int n) throws OutOfBits {
    if (n == 0) {
      return 0;
    }
    need(n);
    int value = (int) (bits >> (Long.SIZE - n));
    drop(n);
    return value;
  }

  private void drop(int n) {
    bits <<= n;
    count -= n;
  }

  /** Counts zeros up to the next one, which is read too. */
  int unary() throws OutOfBits {
    int zeros = 0;
    while (true) {
      need(1);
      int run = Long.numberOfLeadingZeros(bits);
      if (run < count) {
        drop(run);
        drop(1);
        return zeros + run;
      }
      zeros += count;
      bits = 0;
      count = 0;
    }
  }

  /** Reads a Rice code, unfolded. */
  int rice(int parameter) throws OutOfBits {
    int folded = unary() << parameter | unsigned(parameter);
    return (folded >>> 1) ^ -(folded & 1);
  }

  /** Skips to the next whole byte and tells where in the array that is. */
  int alignedPosition() {
    drop(count & 7);
    return at - count / 8;
  }
}
