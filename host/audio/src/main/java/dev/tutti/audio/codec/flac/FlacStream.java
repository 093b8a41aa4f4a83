package dev.tutti.audio.codec.flac;

import dev.tutti.api.audio.SampleFormat;
import dev.tutti.audio.codec.flac.BitReader.OutOfBits;
import dev.tutti.audio.codec.stream.ByteFile;
import dev.tutti.audio.codec.stream.CodedStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/**
 * The frames of a FLAC file. Where some are damaged, silence takes their place, so that what
 * follows stays where it belongs.
 */
final class FlacStream implements CodedStream {
  private static final int FIRST_WINDOW_BYTES = 64 * 1024;

  /** Room for the largest frame there can be: 65535 × 8 samples of 25 bits. */
  private static final int MAX_WINDOW_BYTES = 2 * 1024 * 1024;

  /** Bisection ends when so little is left to walk through. */
  private static final int NEAR_BYTES = 128 * 1024;

  private static final int MAX_SILENCE_SECONDS = 60;

  /** In a row. Each may cost the time of the largest frame, so this bounds what a file can cost. */
  private static final int MAX_DAMAGED_FRAMES = 200;

  private final ByteFile in;
  private final FlacFile file;
  private final SampleFormat format;
  private final FlacFrameDecoder decoder;
  private final float scale;
  private byte[] window = new byte[FIRST_WINDOW_BYTES];
  private int from;
  private int to;
  private float[] samples = new float[0];
  private long position;
  private long silence;
  private boolean decodedAhead;
  private int aheadFrames;

  /** Whether something was skipped before the frame that was decoded last. */
  private boolean skippedBytes;

  /**
   * @throws IOException if there is no frame in it
   */
  FlacStream(ByteFile in, FlacFile file) throws IOException {
    this.in = in;
    this.file = file;
    int container = file.bits() <= 8 ? 8 : file.bits() <= 16 ? 16 : 24;
    this.format = new SampleFormat(file.rate(), container, file.channels());
    this.decoder = new FlacFrameDecoder(file.channels(), file.bits());
    this.scale = (float) Math.scalb(1.0, 1 - file.bits());
    in.position(file.framesAt());
    Optional<FrameHeader> first = decodeNext();
    if (first.isEmpty()) {
      throw in.unreadable("is FLAC, but holds no intact frame");
    }
    position = file.position(first.get());
    decodedAhead = true;
    aheadFrames = first.get().frames();
  }

  /** The position of the next run. */
  long position() {
    return position;
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
    if (silence == 0 && !decodedAhead) {
      Optional<FrameHeader> header = decodeNext();
      if (header.isEmpty()) {
        return -1;
      }
      aheadFrames = header.get().frames();
      decodedAhead = true;
      silence = missing(file.position(header.get()));
    }
    if (silence > 0) {
      return giveSilence();
    }
    decodedAhead = false;
    position += aheadFrames;
    interleave(aheadFrames);
    return aheadFrames;
  }

  /** Frames between where we are and where the next frame belongs; frames may all be numbered 0. */
  private long missing(long next) {
    long gap = next - position;
    return gap > 0 && gap <= (long) MAX_SILENCE_SECONDS * format.rate() && skippedBytes ? gap : 0;
  }

  private int giveSilence() {
    int count = (int) Math.min(silence, 4096);
    room(count);
    Arrays.fill(samples, 0, count * format.channels(), 0);
    silence -= count;
    position += count;
    return count;
  }

  private void room(int frames) {
    if (samples.length < frames * format.channels()) {
      samples = new float[frames * format.channels()];
    }
  }

  private void interleave(int frames) {
    room(frames);
    int width = format.channels();
    for (int c = 0; c < width; c++) {
      int[] channel = decoder.channels()[c];
      for (int i = 0, at = c; i < frames; i++, at += width) {
        samples[at] = channel[i] * scale;
      }
    }
  }

  /** Decodes the next intact frame from where the window stands; empty at the end. */
  private Optional<FrameHeader> decodeNext() throws IOException {
    skippedBytes = false;
    int damagedFrames = 0;
    while (true) {
      while (to - from >= 2 && !FrameHeader.mayStart(window[from], window[from + 1])) {
        from++;
        skippedBytes = true;
      }
      if (to - from < FrameHeader.MAX_BYTES && load()) {
        continue;
      }
      if (to - from < 2) {
        return Optional.empty();
      }
      Optional<FrameHeader> header = FrameHeader.parse(window, from, to);
      try {
        if (header.isPresent()) {
          from = decoder.decode(header.get(), window, from, to);
          return header;
        }
      } catch (OutOfBits more) {
        if (load()) {
          continue;
        }
      } catch (IOException damaged) {
        System.getLogger(FlacStream.class.getName())
            .log(System.Logger.Level.DEBUG, "{0}: {1}", in.path(), damaged.getMessage());
        if (++damagedFrames > MAX_DAMAGED_FRAMES) {
          throw in.unreadable("is damaged: " + damaged.getMessage());
        }
      }
      from++;
      skippedBytes = true;
    }
  }

  /** Reads on behind the window; false if there is nothing more, or no more room. */
  private boolean load() throws IOException {
    if (from > 0) {
      System.arraycopy(window, from, window, 0, to - from);
      to -= from;
      from = 0;
    }
    if (to == window.length) {
      if (window.length >= MAX_WINDOW_BYTES) {
        return false;
      }
      window = Arrays.copyOf(window, window.length * 2);
    }
    int read = in.read(window, to, window.length - to);
    to += read;
    return read > 0;
  }

  @Override
  public long seek(long frame) throws IOException {
    long low = file.framesAt();
    long high = in.size();
    while (high - low > NEAR_BYTES) {
      long middle = low + (high - low) / 2;
      Optional<FrameHeader> header = decodeFrom(middle);
      if (header.isEmpty() || file.position(header.get()) > frame) {
        high = middle;
      } else if (file.position(header.get()) == 0) {
        // Frames that all carry one number cannot be told apart: walk from the beginning.
        low = file.framesAt();
        break;
      } else {
        low = middle;
      }
    }
    Optional<FrameHeader> header = decodeFrom(low);
    silence = 0;
    decodedAhead = header.isPresent();
    aheadFrames = header.map(FrameHeader::frames).orElse(0);
    position = header.map(file::position).orElse(frame);
    return position;
  }

  private Optional<FrameHeader> decodeFrom(long place) throws IOException {
    in.position(place);
    from = 0;
    to = 0;
    return decodeNext();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
