package dev.tutti.audio.codec.ffmpeg;

import dev.tutti.api.audio.SampleFormat;
import dev.tutti.audio.codec.UnreadableAudio;
import dev.tutti.audio.codec.stream.CodedStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * What FFmpeg makes of a file. Going back starts it anew; going forward decodes what lies between.
 */
final class FfmpegStream implements CodedStream {
  private static final int AU_HEAD_BYTES = 24;
  private static final int AU_MARKER = 0x2E736E64;
  private static final int RUN_FRAMES = 2048;
  private static final int LOSSY_BITS = 16;

  private final Path program;
  private final Path file;
  private final String demuxer;
  private FfmpegProcess process;
  private final SampleFormat format;
  private final int exactBits;
  private final byte[] bytes;
  private final float[] samples;
  private long position;

  /** Frames that lie in {@code samples} and were not given out yet. */
  private int ready;

  /**
   * @throws IOException with a readable reason if FFmpeg cannot play the file
   */
  FfmpegStream(Path program, Path file, String demuxer) throws IOException {
    this.program = program;
    this.file = file;
    this.demuxer = demuxer;
    this.process = new FfmpegProcess(program, file, demuxer);
    try {
      ByteBuffer head = head();
      int rate = head.getInt(16);
      int channels = head.getInt(20);
      if (rate < 8000 || rate > 384_000 || channels < 1 || channels > 8) {
        throw new UnreadableAudio(file, "claims " + channels + " channels at " + rate + " Hz");
      }
      this.bytes = new byte[RUN_FRAMES * channels * Float.BYTES];
      this.samples = new float[RUN_FRAMES * channels];
      this.exactBits = process.exactBits();
      this.format = new SampleFormat(rate, exactBits == 0 ? LOSSY_BITS : exactBits, channels);
      this.ready = fill();
      if (ready == 0) {
        // It opens files whose sound it cannot decode.
        throw refused();
      }
    } catch (IOException | RuntimeException failed) {
      process.close();
      throw failed;
    }
  }

  /**
   * Reads the head of the AU file that FFmpeg writes: marker, offset, size, coding, rate, width.
   */
  private ByteBuffer head() throws IOException {
    byte[] head = new byte[AU_HEAD_BYTES];
    if (process.read(head, AU_HEAD_BYTES) < AU_HEAD_BYTES) {
      throw refused();
    }
    ByteBuffer fields = ByteBuffer.wrap(head);
    int offset = fields.getInt(4);
    if (fields.getInt(0) != AU_MARKER || offset < AU_HEAD_BYTES || offset > 4096) {
      throw refused();
    }
    byte[] annotation = new byte[offset - AU_HEAD_BYTES];
    if (process.read(annotation, annotation.length) < annotation.length) {
      throw refused();
    }
    return fields;
  }

  private UnreadableAudio refused() {
    return new UnreadableAudio(file, "cannot be played by FFmpeg: " + process.complaint());
  }

  int exactBits() {
    return exactBits;
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
    int frames = ready == 0 ? fill() : ready;
    ready = 0;
    if (frames == 0) {
      return -1;
    }
    position += frames;
    return frames;
  }

  private int fill() throws IOException {
    int channels = samples.length / RUN_FRAMES;
    int frames = process.read(bytes, bytes.length) / (channels * Float.BYTES);
    ByteBuffer.wrap(bytes).asFloatBuffer().get(samples, 0, frames * channels);
    return frames;
  }

  @Override
  public long seek(long frame) throws IOException {
    if (frame < position) {
      process.close();
      process = new FfmpegProcess(program, file, demuxer);
      head();
      position = 0;
      ready = 0;
    }
    return position;
  }

  @Override
  public void close() {
    process.close();
  }
}
