package dev.tutti.interop;

import dev.tutti.audio.measure.Click;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Recordings of 16 bits, stereo. */
final class Pcm16 {
  private Pcm16() {}

  /** The clicks in a recording from a byte on. */
  static List<Click> clicks(byte[] pcm, int fromByte) {
    return clicks(pcm, fromByte, pcm.length);
  }

  static List<Click> clicks(byte[] pcm, int fromByte, int toByte) {
    return Click.find(samples(pcm, fromByte, toByte), 2);
  }

  /** Interleaved, full scale 1. */
  static float[] samples(byte[] pcm, int fromByte, int toByte) {
    ByteBuffer in = ByteBuffer.wrap(pcm).order(ByteOrder.LITTLE_ENDIAN);
    int from = fromByte / 4 * 4;
    float[] samples = new float[(toByte - from) / 4 * 2];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = in.getShort(from + 2 * i) / 32_768f;
    }
    return samples;
  }

  /** The first byte of a frame with sound, from a byte on; the end if there is none. */
  static int firstSound(byte[] pcm, int fromByte) {
    for (int i = fromByte / 4 * 4; i + 4 <= pcm.length; i += 4) {
      if (pcm[i] != 0 || pcm[i + 1] != 0 || pcm[i + 2] != 0 || pcm[i + 3] != 0) {
        return i;
      }
    }
    return pcm.length;
  }

  /** Whether there is sound in the last part of a recording. */
  static boolean endsSilent(byte[] pcm, int frames) {
    return firstSound(pcm, Math.max(0, pcm.length - 4 * frames)) == pcm.length;
  }
}
