package dev.tutti.audio.codec.pcm;

import dev.tutti.api.audio.SampleFormat;
import dev.tutti.audio.codec.ChunkDecoder;
import dev.tutti.audio.dsp.PcmReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Plain samples after a RIFF header, 24 bits in four bytes each, 8 bits signed. Does not allocate.
 */
public final class PcmChunks implements ChunkDecoder {
  private static final int RIFF = 0x46464952;
  private static final int WAVE = 0x45564157;
  private static final int FMT = 0x20746D66;

  private final SampleFormat format;
  private final PcmReader reader;
  private float[] samples = new float[0];

  /**
   * @param header RIFF/WAVE, as the server sends it
   * @throws IOException if it does not say what the samples are; says why
   */
  public PcmChunks(byte[] header) throws IOException {
    format = read(ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN));
    reader = new PcmReader(format.bits());
  }

  private static SampleFormat read(ByteBuffer in) throws IOException {
    if (in.remaining() < 12 || in.getInt(0) != RIFF || in.getInt(8) != WAVE) {
      throw new IOException("the pcm header is not RIFF/WAVE");
    }
    int at = 12;
    while (at >= 0 && at + 24 <= in.limit()) {
      if (in.getInt(at) == FMT) {
        try {
          return new SampleFormat(in.getInt(at + 12), in.getShort(at + 22), in.getShort(at + 10));
        } catch (IllegalArgumentException e) {
          throw new IOException("the pcm header is out of range: " + e.getMessage(), e);
        }
      }
      at += 8 + Math.clamp(Integer.toUnsignedLong(in.getInt(at + 4)), 0, in.limit());
    }
    throw new IOException("the pcm header does not tell the format");
  }

  @Override
  public SampleFormat format() {
    return format;
  }

  @Override
  public int exactBits() {
    return reader.exactBits();
  }

  @Override
  public int decode(byte[] chunk) {
    int frames = chunk.length / format.frameBytes();
    int count = frames * format.channels();
    if (samples.length < count) {
      samples = new float[count];
    }
    reader.toFloats(chunk, 0, samples, 0, count);
    return frames;
  }

  @Override
  public float[] samples() {
    return samples;
  }
}
