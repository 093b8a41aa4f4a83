package dev.tutti.feeds.pcm;

import dev.tutti.api.audio.SampleFormat;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The RIFF header that some programs write before their PCM (S0-21). */
public final class WavHeader {
  /** More bytes are needed to tell. */
  public static final int UNDECIDED = -1;

  /** A header that is longer is none. */
  public static final int LONGEST = 4096;

  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final byte[] RIFF = "RIFF".getBytes(StandardCharsets.US_ASCII);

  private WavHeader() {}

  /**
   * How many bytes to skip: 0 if there is no header.
   *
   * @param count how many bytes are there
   * @param expected what the stream was configured with
   * @throws IOException with a sentence for the user, if the header announces another format
   */
  public static int length(byte[] bytes, int count, SampleFormat expected) throws IOException {
    for (int i = 0; i < Math.min(count, RIFF.length); i++) {
      if (bytes[i] != RIFF[i]) {
        return 0;
      }
    }
    int at = 12;
    while (at + 8 <= Math.min(count, LONGEST)) {
      String name = new String(bytes, at, 4, StandardCharsets.US_ASCII);
      if (name.equals("data")) {
        return at + 8;
      }
      long size = Integer.toUnsignedLong((int) INT.get(bytes, at + 4));
      if (name.equals("fmt ") && at + 24 <= count) {
        check(bytes, at + 8, expected);
      }
      long next = at + 8 + size + (size & 1);
      if (next > LONGEST) {
        return 0;
      }
      at = (int) next;
    }
    return count < LONGEST ? UNDECIDED : 0;
  }

  private static void check(byte[] bytes, int at, SampleFormat expected) throws IOException {
    int channels = (short) SHORT.get(bytes, at + 2);
    int rate = (int) INT.get(bytes, at + 4);
    int bits = (short) SHORT.get(bytes, at + 14);
    boolean same =
        channels == expected.channels() && rate == expected.rate() && bits == expected.bits();
    if (!same || bits == 24) {
      String why = same ? " packed in 3 bytes" : "";
      throw new IOException(
          "the feeder sends WAV %d:%d:%d%s, but the stream is %s; give it the same sampleformat"
              .formatted(rate, bits, channels, why, expected));
    }
  }
}
