package dev.tutti.audio.codec.opus;

import dev.tutti.api.audio.SampleFormat;
import dev.tutti.audio.codec.Encoder;

/**
 * Cuts what comes in into packets of equal length: as long as a block if Opus knows that length and
 * it is at most 20 ms (longer ones overflow small clients), else 20 ms. The codec's delay of 2.5 ms
 * is inside the packets; the protocol has no place to announce it.
 */
final class OpusPacketEncoder implements Encoder {
  private static final SampleFormat FORMAT = new SampleFormat(48_000, 16, 2);
  private static final int TWENTY_MS = 960;
  private static final int CHANNELS = 2;

  /** One encoder of a library. */
  interface Codec extends AutoCloseable {
    /**
     * @param samples interleaved, exactly one packet's worth
     */
    byte[] encode(float[] samples, int frames);

    @Override
    void close();
  }

  private final Codec codec;
  private final float[] packet;
  private final int packetFrames;
  private int filled;

  OpusPacketEncoder(Codec codec, int blockFrames) {
    this.codec = codec;
    this.packetFrames = packetFrames(blockFrames);
    this.packet = new float[packetFrames * CHANNELS];
  }

  /** 2.5, 5, 10 or 20 ms. */
  static int packetFrames(int blockFrames) {
    return switch (blockFrames) {
      case 120, 240, 480 -> blockFrames;
      default -> TWENTY_MS;
    };
  }

  @Override
  public String codec() {
    return "opus";
  }

  @Override
  public SampleFormat format() {
    return FORMAT;
  }

  @Override
  public byte[] header() {
    return new byte[0];
  }

  @Override
  public void encode(float[] samples, int frames, int exactBits, PacketSink out) {
    int from = 0;
    while (from < frames) {
      int count = Math.min(packetFrames - filled, frames - from);
      System.arraycopy(samples, from * CHANNELS, packet, filled * CHANNELS, count * CHANNELS);
      filled += count;
      from += count;
      if (filled == packetFrames) {
        filled = 0;
        out.packet(codec.encode(packet, packetFrames), packetFrames);
      }
    }
  }

  @Override
  public int framesInside() {
    return filled;
  }

  @Override
  public void close() {
    codec.close();
  }
}
