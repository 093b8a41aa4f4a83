package dev.tutti.audio.codec.pcm;

import dev.tutti.api.audio.SampleFormat;
import dev.tutti.audio.codec.Encoder;
import dev.tutti.audio.dsp.Dither;
import dev.tutti.audio.dsp.PcmWriter;

/**
 * Plain samples as Snapcast carries them: interleaved, little-endian, signed; 24 bits
 * right-justified in 4 bytes. Each call gives one packet at once. Allocates only the packet.
 */
final class PcmEncoder implements Encoder {
  private static final long DITHER_SEED = 1;

  private final SampleFormat format;
  private final PcmWriter writer;

  PcmEncoder(SampleFormat format) {
    this.format = format;
    this.writer = new PcmWriter(format.bits(), new Dither(DITHER_SEED));
  }

  @Override
  public String codec() {
    return "pcm";
  }

  @Override
  public SampleFormat format() {
    return format;
  }

  @Override
  public byte[] header() {
    return new byte[0];
  }

  @Override
  public void encode(float[] samples, int frames, int exactBits, PacketSink out) {
    if (frames == 0) {
      return;
    }
    byte[] packet = new byte[frames * format.frameBytes()];
    writer.toBytes(samples, 0, frames * format.channels(), exactBits, packet, 0);
    out.packet(packet, frames);
  }

  @Override
  public int framesInside() {
    return 0;
  }

  @Override
  public void close() {}
}
