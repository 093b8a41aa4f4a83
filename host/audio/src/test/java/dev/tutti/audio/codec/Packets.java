package dev.tutti.audio.codec;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What came out of an encoder. */
public record Packets(byte[] header, List<byte[]> packets, List<Integer> frames) {
  /** Feeds a signal in blocks. */
  public static Packets encode(Encoder encoder, float[] samples, int blockFrames, int exactBits) {
    List<byte[]> packets = new ArrayList<>();
    List<Integer> frames = new ArrayList<>();
    int channels = encoder.format().channels();
    int total = samples.length / channels;
    for (int from = 0; from < total; from += blockFrames) {
      int count = Math.min(blockFrames, total - from);
      float[] block = Arrays.copyOfRange(samples, from * channels, (from + count) * channels);
      encoder.encode(
          block,
          count,
          exactBits,
          (data, length) -> {
            packets.add(data);
            frames.add(length);
          });
    }
    return new Packets(encoder.header(), packets, frames);
  }

  /** The head and all packets in a row: a file. */
  public byte[] file() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(header);
    packets.forEach(out::writeBytes);
    return out.toByteArray();
  }

  public int totalFrames() {
    return frames.stream().mapToInt(Integer::intValue).sum();
  }
}
