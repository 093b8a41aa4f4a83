package dev.tutti.audio.codec.mp3;

import dev.tutti.api.audio.SampleFormat;
import dev.tutti.audio.codec.stream.ByteFile;
import dev.tutti.audio.codec.stream.CodedStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import javazoom.jl.decoder.Bitstream;
import javazoom.jl.decoder.Decoder;
import javazoom.jl.decoder.Header;
import javazoom.jl.decoder.JavaLayerException;

/**
 * The frames of an MPEG file through JLayer, which sees nothing but whole frames. One that it
 * cannot decode becomes silence of the same length.
 */
final class Mp3Stream implements CodedStream {
  /**
   * Frames to decode before a frame sounds as it should: the overlap and the filters need two, and
   * up to 511 bytes before them hold part of its data, which is many frames at 8 kbit/s.
   */
  private static final int PREROLL_FRAMES = 24;

  private static final int MAX_DAMAGED_IN_A_ROW = 500;

  private final ByteFile in;
  private final FrameIndex index;
  private final int firstFrame;
  private final int samplesPerFrame;
  private final SampleFormat format;
  private final FloatOutput output;
  private Decoder decoder = new Decoder();
  private Frames frames = new Frames();
  private Bitstream bits = new Bitstream(frames);
  private int nextFrame;
  private int damagedInARow;

  /**
   * @param firstFrame the first that holds music: 1 behind a Xing tag, else 0
   */
  Mp3Stream(ByteFile in, FrameIndex index, int firstFrame) {
    this.in = in;
    this.index = index;
    this.firstFrame = firstFrame;
    this.samplesPerFrame = index.kind().samples();
    this.format = new SampleFormat(index.kind().rate(), 16, index.kind().channels());
    this.output = new FloatOutput(format.channels());
    restart(firstFrame);
  }

  private void restart(int frame) {
    nextFrame = frame;
    decoder = new Decoder();
    decoder.setOutputBuffer(output);
    frames = new Frames();
    bits = new Bitstream(frames);
  }

  /** Hands out the bytes of the frames, one frame after the other. */
  private static final class Frames extends InputStream {
    private ByteArrayInputStream frame = new ByteArrayInputStream(new byte[0]);

    void open(byte[] bytes) {
      frame = new ByteArrayInputStream(bytes);
    }

    @Override
    public int read() {
      return frame.read();
    }

    @Override
    public int read(byte[] to, int offset, int length) {
      return frame.read(to, offset, length);
    }
  }

  @Override
  public SampleFormat format() {
    return format;
  }

  @Override
  public float[] samples() {
    return output.samples();
  }

  @Override
  public int next() throws IOException {
    Optional<byte[]> frame = index.read(nextFrame);
    if (frame.isEmpty()) {
      return -1;
    }
    nextFrame++;
    output.clear_buffer();
    boolean intact = decode(frame.get());
    damagedInARow = intact ? 0 : damagedInARow + 1;
    if (damagedInARow > MAX_DAMAGED_IN_A_ROW) {
      throw in.unreadable("is damaged: no frame can be decoded any more");
    }
    if (!intact) {
      output.clear_buffer();
    }
    return samplesPerFrame;
  }

  /** JLayer throws whatever occurs to it; after that it starts anew with the next frame. */
  private boolean decode(byte[] frame) {
    frames.open(frame);
    try {
      Header header = bits.readFrame();
      if (header != null) {
        decoder.decodeFrame(header, bits);
        bits.closeFrame();
        return true;
      }
    } catch (JavaLayerException | RuntimeException damaged) {
      System.getLogger(Mp3Stream.class.getName())
          .log(System.Logger.Level.DEBUG, "{0}, frame {1}: {2}", in.path(), nextFrame, damaged);
    }
    restart(nextFrame);
    return false;
  }

  @Override
  public long seek(long position) {
    long frame = position / samplesPerFrame + firstFrame;
    int from = (int) Math.clamp(frame - PREROLL_FRAMES, (long) firstFrame, Integer.MAX_VALUE);
    restart(from);
    return (long) (from - firstFrame) * samplesPerFrame;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
