package dev.tutti.audio.codec.stream;

import dev.tutti.api.audio.AudioBlock;
import dev.tutti.api.audio.SampleFormat;
import dev.tutti.audio.codec.Decoder;
import java.io.IOException;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Cuts a coded stream to what is to be heard, exactly to the frame, also after seeking. */
public final class TrimmedDecoder implements Decoder {
  /** Runs without a frame in a row, after which a stream is taken for broken. */
  private static final int MAX_EMPTY_RUNS = 100_000;

  private final CodedStream stream;
  private final long start;
  private final long first;
  private final OptionalLong length;
  private final int exactBits;

  /** The frame the next read begins with, counted from the first audible one. */
  private long position;

  /** Where the stream's next run begins, counted its way. */
  private long streamAt;

  private int runOffset;
  private int runLeft;
  private @Nullable IOException failure;

  /**
   * @param start the stream's position now
   * @param first its position of the first frame to be heard
   * @param length frames to be heard, if known
   * @param exactBits as in {@link AudioBlock#exactBits}; 0 for lossy codecs
   */
  public TrimmedDecoder(
      CodedStream stream, long start, long first, OptionalLong length, int exactBits) {
    this.stream = stream;
    this.start = start;
    this.first = first;
    this.length = length;
    this.exactBits = exactBits;
    this.streamAt = start;
  }

  @Override
  public SampleFormat format() {
    return stream.format();
  }

  @Override
  public OptionalLong totalFrames() {
    return length;
  }

  @Override
  public boolean read(AudioBlock block) throws IOException {
    int before = block.frames();
    try {
      while (block.free() > 0 && position < length.orElse(Long.MAX_VALUE) && advance()) {
        copy(block);
      }
    } catch (IOException broken) {
      failure = broken;
    }
    if (block.frames() > before) {
      markExact(block, before);
      return true;
    }
    if (failure != null) {
      throw failure;
    }
    return false;
  }

  /** Makes sure that something is left in the run; false at the end. */
  private boolean advance() throws IOException {
    if (failure != null) {
      return false;
    }
    int empty = 0;
    while (runLeft == 0) {
      int frames = stream.next();
      if (frames < 0) {
        return false;
      }
      if (frames == 0 && ++empty > MAX_EMPTY_RUNS) {
        throw new IOException("decodes to nothing");
      }
      runOffset = (int) Math.clamp(first + position - streamAt, 0L, (long) frames);
      runLeft = frames - runOffset;
      streamAt += frames;
    }
    return true;
  }

  private void copy(AudioBlock block) {
    int channels = block.channels();
    long audible = length.orElse(Long.MAX_VALUE) - position;
    int count = (int) Math.min(audible, Math.min(runLeft, block.free()));
    System.arraycopy(
        stream.samples(),
        runOffset * channels,
        block.samples(),
        block.frames() * channels,
        count * channels);
    block.frames(block.frames() + count);
    position += count;
    runOffset += count;
    runLeft -= count;
  }

  private void markExact(AudioBlock block, int before) {
    int there = block.exactBits();
    boolean allExact = before == 0 || there > 0;
    block.exactBits(allExact && exactBits > 0 ? Math.max(there, exactBits) : 0);
  }

  @Override
  public void seek(long frame) throws IOException {
    runLeft = 0;
    failure = null;
    position = frame;
    if (frame < length.orElse(Long.MAX_VALUE)) {
      streamAt = stream.seek(Math.max(start, first + frame));
    }
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }
}
