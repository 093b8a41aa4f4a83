package dev.tutti.audio.codec.flac;

import dev.tutti.api.audio.SampleFormat;
import dev.tutti.audio.codec.ChunkDecoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** FLAC frames after a native stream head. Allocates little once it has seen the largest block. */
public final class FlacChunks implements ChunkDecoder {
  private static final int STREAMINFO_AT = 8;
  private static final int STREAMINFO_BYTES = 34;
  private static final int MARKER = 0x664C6143;

  private final SampleFormat format;
  private final FlacFrameDecoder decoder;
  private final float scale;
  private float[] samples = new float[0];

  /**
   * @param head {@code fLaC} and STREAMINFO; what follows is not read
   * @throws IOException if it does not tell a format we can decode; says why
   */
  public FlacChunks(byte[] head) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(head);
    boolean streamInfo =
        head.length >= STREAMINFO_AT + STREAMINFO_BYTES
            && in.getInt(0) == MARKER
            && (head[4] & 0x7F) == 0;
    if (!streamInfo) {
      throw new IOException("the flac header has no STREAMINFO");
    }
    long packed = in.getLong(STREAMINFO_AT + 10);
    int bits = (int) (packed >>> 36 & 0x1F) + 1;
    if (bits < 4 || bits > 24) {
      throw new IOException("flac with " + bits + " bits per sample is not supported (4 to 24)");
    }
    int channels = (int) (packed >>> 41 & 0x7) + 1;
    int container = bits <= 8 ? 8 : bits <= 16 ? 16 : 24;
    try {
      format = new SampleFormat((int) (packed >>> 44), container, channels);
    } catch (IllegalArgumentException e) {
      throw new IOException("the flac header is out of range: " + e.getMessage(), e);
    }
    decoder = new FlacFrameDecoder(channels, bits);
    scale = (float) Math.scalb(1.0, 1 - bits);
  }

  @Override
  public SampleFormat format() {
    return format;
  }

  @Override
  public int exactBits() {
    return format.bits();
  }

  @Override
  public int decode(byte[] chunk) {
    int frames = 0;
    int at = 0;
    while (at + 2 <= chunk.length) {
      Optional<FrameHeader> header = FrameHeader.parse(chunk, at, chunk.length);
      if (header.isEmpty()) {
        at++;
        continue;
      }
      int length = header.get().frames();
      try {
        at = decoder.decode(header.get(), chunk, at, chunk.length);
        room(frames + length);
        interleave(frames, length);
        frames += length;
      } catch (IOException damaged) {
        // What looks like a head may stand anywhere; only the first one surely is a frame's.
        if (at == 0) {
          room(length);
          Arrays.fill(samples, 0, length * format.channels(), 0);
          frames = length;
        }
        at++;
      }
    }
    return frames;
  }

  private void room(int frames) {
    if (samples.length < frames * format.channels()) {
      samples = Arrays.copyOf(samples, frames * format.channels());
    }
  }

  private void interleave(int from, int frames) {
    int width = format.channels();
    for (int c = 0; c < width; c++) {
      int[] channel = decoder.channels()[c];
      for (int i = 0, to = from * width + c; i < frames; i++, to += width) {
        samples[to] = channel[i] * scale;
      }
    }
  }

  @Override
  public float[] samples() {
    return samples;
  }
}
