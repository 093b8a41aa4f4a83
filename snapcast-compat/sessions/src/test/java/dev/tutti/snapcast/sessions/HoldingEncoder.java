package dev.tutti.snapcast.sessions;

import dev.tutti.api.audio.SampleFormat;
import dev.tutti.audio.codec.Encoder;

/** An encoder that gives a packet each 1152 frames, two frames of them per byte of the packet. */
final class HoldingEncoder implements Encoder {
  static final int FRAMES = 1152;

  private final SampleFormat format;
  private int inside;

  HoldingEncoder(SampleFormat format) {
    this.format = format;
  }

  @Override
  public String codec() {
    return "flac";
  }

  @Override
  public SampleFormat format() {
    return format;
  }

  @Override
  public byte[] header() {
    return new byte[] {'f', 'L', 'a', 'C'};
  }

  @Override
  public void encode(float[] samples, int frames, int exactBits, PacketSink out) {
    inside += frames;
    for (; inside >= FRAMES; inside -= FRAMES) {
      out.packet(new byte[FRAMES / 2], FRAMES);
    }
  }

  @Override
  public int framesInside() {
    return inside;
  }

  @Override
  public void close() {}
}
