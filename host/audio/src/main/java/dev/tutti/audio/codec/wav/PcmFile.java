package dev.tutti.audio.codec.wav;

import dev.tutti.api.audio.SampleFormat;
import dev.tutti.audio.codec.stream.ByteFile;
import dev.tutti.audio.codec.stream.CodedStream;
import java.io.IOException;

/** A stretch of a file that holds plain samples. */
final class PcmFile implements CodedStream {
  private static final int RUN_FRAMES = 4096;

  private final ByteFile in;
  private final SampleLayout layout;
  private final SampleFormat format;
  private final int frameBytes;
  private final long start;
  private final long frames;
  private final byte[] bytes;
  private final float[] samples;
  private long position;

  /**
   * @param start where the samples begin
   * @param claimedBytes how many bytes of them there are, as the file says; it may say too much
   * @throws IOException with a readable reason if this is no audio
   */
  PcmFile(ByteFile in, SampleLayout layout, long rate, int channels, long start, long claimedBytes)
      throws IOException {
    if (rate < 8000 || rate > 384_000 || channels < 1 || channels > 8) {
      throw in.unreadable("claims " + channels + " channels at " + rate + " Hz");
    }
    this.in = in;
    this.layout = layout;
    this.format = new SampleFormat((int) rate, layout.formatBits(), channels);
    this.frameBytes = layout.bytes() * channels;
    this.start = start;
    this.frames = Math.min(claimedBytes, in.size() - start) / frameBytes;
    if (frames <= 0) {
      throw in.unreadable("holds no samples");
    }
    this.bytes = new byte[RUN_FRAMES * frameBytes];
    this.samples = new float[RUN_FRAMES * channels];
    in.position(start);
  }

  long frames() {
    return frames;
  }

  int exactBits() {
    return layout.exactBits();
  }

  @Override
  public SampleFormat format() {
    return format;
  }

  @Override
  public float[] samples() {
    return samples;
  }

  @Override
  public int next() throws IOException {
    int wanted = (int) Math.min(RUN_FRAMES, frames - position);
    int count = in.read(bytes, 0, wanted * frameBytes) / frameBytes;
    if (count == 0) {
      return -1;
    }
    layout.toFloats(bytes, samples, count * format.channels());
    position += count;
    return count;
  }

  @Override
  public long seek(long frame) throws IOException {
    position = Math.min(frame, frames);
    in.position(start + position * frameBytes);
    return position;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
