package dev.tutti.snapcast.sessions;

import dev.tutti.api.audio.SampleFormat;
import dev.tutti.audio.codec.CodecSpec;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** A {@link FakeStream} with other samples. */
final class Painted implements FeedSource {
  private final FakeStream grid;
  private final Brush brush;

  /** What a sample is. */
  interface Brush {
    float at(long frame, int channel);
  }

  Painted(SampleFormat format, String codec, LongSupplier clock, Brush brush) {
    grid = new FakeStream(format, codec, clock);
    this.brush = brush;
  }

  @Override
  public SampleFormat format() {
    return grid.format();
  }

  @Override
  public CodecSpec codec() {
    return grid.codec();
  }

  @Override
  public int blockFrames() {
    return grid.blockFrames();
  }

  @Override
  public @Nullable Block take(long sequence) {
    Block block = grid.take(sequence);
    if (block != null) {
      int channels = grid.format().channels();
      for (int i = 0; i < block.samples().length; i++) {
        block.samples()[i] = brush.at(sequence * grid.blockFrames() + i / channels, i % channels);
      }
    }
    return block;
  }

  @Override
  public long sequenceAt(long micros) {
    return grid.sequenceAt(micros);
  }

  @Override
  public void leadMicros(long leadMicros) {
    grid.leadMicros(leadMicros);
  }

  @Override
  public void close() {
    grid.close();
  }
}
