package dev.tutti.audio.codec.flac;

import dev.tutti.api.audio.SampleFormat;
import dev.tutti.audio.codec.Encoder;
import dev.tutti.audio.dsp.Dither;
import dev.tutti.audio.dsp.PcmWriter;

/**
 * FLAC without delay: each call becomes packets at once, one per {@code blockFrames} begun. It
 * keeps no state from packet to packet but the dither, so two encoders can take turns at any
 * border. Allocates only the packets.
 */
final class FlacEncoder implements Encoder {
  static final long DITHER_SEED = 1;

  private final SampleFormat format;
  private final int blockFrames;
  private final PcmWriter writer;
  private final FlacFrameCoder coder;
  private final int[] numbers;
  private final int[][] channels;

  FlacEncoder(SampleFormat format, int blockFrames) {
    this.format = format;
    this.blockFrames = blockFrames;
    this.writer = new PcmWriter(format.bits(), new Dither(DITHER_SEED));
    this.coder = new FlacFrameCoder(format, blockFrames);
    this.numbers = new int[blockFrames * format.channels()];
    this.channels = new int[format.channels()][blockFrames];
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
    return StreamInfo.head(format, blockFrames);
  }

  @Override
  public void encode(float[] samples, int frames, int exactBits, PacketSink out) {
    int from = 0;
    while (from < frames) {
      int count = Math.min(blockFrames, frames - from);
      int width = format.channels();
      writer.toInts(samples, from * width, count * width, exactBits, numbers, 0);
      separate(count);
      out.packet(coder.encode(channels, count), count);
      from += count;
    }
  }

  private void separate(int count) {
    int width = channels.length;
    for (int c = 0; c < width; c++) {
      int[] channel = channels[c];
      for (int i = 0, at = c; i < count; i++, at += width) {
        channel[i] = numbers[at];
      }
    }
  }

  @Override
  public int framesInside() {
    return 0;
  }

  @Override
  public void close() {}
}
