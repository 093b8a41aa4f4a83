package dev.tutti.audio.codec.opus;

import dev.tutti.api.audio.SampleFormat;
import dev.tutti.audio.codec.ChunkDecoder;
import io.github.jaredmdobson.concentus.OpusDecoder;
import io.github.jaredmdobson.concentus.OpusException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * One raw Opus packet per chunk, after Snapcast's twelve bytes of header, through Concentus (which
 * allocates while it decodes).
 */
public final class OpusChunks implements ChunkDecoder {
  /** Reads SUPO on the wire. */
  private static final int MAGIC = 0x4F505553;

  private static final int PACKET_RATE = 48_000;

  private final SampleFormat format;
  private final short[] numbers;
  private final float[] samples;
  private OpusDecoder decoder;

  /**
   * @param header as the server sends it
   * @throws IOException if Opus cannot decode to that format; says why
   */
  public OpusChunks(byte[] header) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
    if (header.length < 12 || in.getInt(0) != MAGIC) {
      throw new IOException("the opus header is not Snapcast's");
    }
    int rate = in.getInt(4);
    int channels = in.getShort(10);
    boolean possible =
        (rate == 8000 || rate == 12_000 || rate == 16_000 || rate == 24_000 || rate == 48_000)
            && (channels == 1 || channels == 2);
    if (!possible) {
      throw new IOException(
          "opus gives 8, 12, 16, 24 or 48 kHz and one or two channels, not "
              + rate
              + " Hz and "
              + channels);
    }
    format = new SampleFormat(rate, 16, channels);
    numbers = new short[OpusPacket.MAX_FRAMES * channels];
    samples = new float[numbers.length];
    decoder = newDecoder();
  }

  private OpusDecoder newDecoder() {
    try {
      return new OpusDecoder(format.rate(), format.channels());
    } catch (OpusException e) {
      throw new IllegalStateException("Concentus refuses " + format, e);
    }
  }

  @Override
  public SampleFormat format() {
    return format;
  }

  @Override
  public int exactBits() {
    return 0;
  }

  @Override
  public int decode(byte[] chunk) {
    int frames = OpusPacket.frames(chunk) / (PACKET_RATE / format.rate());
    int count = frames * format.channels();
    if (frames > 0 && !decoded(chunk, frames)) {
      Arrays.fill(samples, 0, count, 0);
      return frames;
    }
    for (int i = 0; i < count; i++) {
      samples[i] = numbers[i] * 0x1p-15f;
    }
    return frames;
  }

  /** Concentus throws whatever occurs to it; after that it starts anew with the next packet. */
  private boolean decoded(byte[] chunk, int frames) {
    try {
      return decoder.decode(chunk, 0, chunk.length, numbers, 0, frames, false) == frames;
    } catch (OpusException | RuntimeException | AssertionError damaged) {
      System.getLogger(OpusChunks.class.getName())
          .log(System.Logger.Level.DEBUG, "an opus packet is damaged: {0}", damaged);
      decoder = newDecoder();
      return false;
    }
  }

  @Override
  public float[] samples() {
    return samples;
  }
}
