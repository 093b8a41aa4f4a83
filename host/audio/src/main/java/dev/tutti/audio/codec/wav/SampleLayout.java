package dev.tutti.audio.codec.wav;

import dev.tutti.audio.codec.stream.ByteFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * How a file lays out one number.
 *
 * @param bytes 1 to 8
 * @param kind how to read them
 * @param bigEndian most significant byte first
 */
record SampleLayout(int bytes, Kind kind, boolean bigEndian) {
  enum Kind {
    /** Two's complement. */
    SIGNED,
    /** 128 is silence; one byte only. */
    UNSIGNED,
    /** IEEE 754, full scale ±1. */
    FLOAT
  }

  /**
   * @throws IOException with a readable reason if there is no such layout
   */
  static SampleLayout of(ByteFile in, int bits, Kind kind, boolean bigEndian) throws IOException {
    int bytes = (bits + 7) / 8;
    boolean known =
        switch (kind) {
          case SIGNED -> bytes >= 1 && bytes <= 4;
          case UNSIGNED -> bytes == 1;
          case FLOAT -> bits == 32 || bits == 64;
        };
    if (!known) {
      throw in.unreadable("has samples of " + bits + " bits, which is not supported");
    }
    return new SampleLayout(bytes, kind, bigEndian);
  }

  /** Bits as a format names them. */
  int formatBits() {
    return kind == Kind.FLOAT ? 24 : bytes * 8;
  }

  /** As in {@link dev.tutti.api.audio.AudioBlock#exactBits}: a float cannot hold 32 bits. */
  int exactBits() {
    return kind == Kind.FLOAT || bytes > 3 ? 0 : bytes * 8;
  }

  /** Converts so many numbers. */
  void toFloats(byte[] from, float[] to, int count) {
    switch (kind) {
      case UNSIGNED -> {
        for (int i = 0; i < count; i++) {
          to[i] = ((from[i] & 0xFF) - 128) * 0x1p-7f;
        }
      }
      case SIGNED -> {
        for (int i = 0; i < count; i++) {
          // Read to the top of 32 bits, whatever the width.
          to[i] = signed(from, i * bytes) * 0x1p-31f;
        }
      }
      case FLOAT -> {
        ByteBuffer numbers =
            ByteBuffer.wrap(from).order(bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
          to[i] = finite(bytes == 4 ? numbers.getFloat() : (float) numbers.getDouble());
        }
      }
    }
  }

  private int signed(byte[] from, int at) {
    int value = 0;
    for (int b = 0; b < bytes; b++) {
      int place = bigEndian ? 24 - 8 * b : 32 - 8 * (bytes - b);
      value |= (from[at + b] & 0xFF) << place;
    }
    return value;
  }

  private static float finite(float value) {
    return Float.isFinite(value) ? value : 0;
  }
}
