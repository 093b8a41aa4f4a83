package dev.tutti.player.edge;

import dev.tutti.api.audio.SampleFormat;
import dev.tutti.audio.codec.CodecSpec;
import dev.tutti.audio.dsp.PcmReader;
import dev.tutti.snapcast.sessions.Block;
import dev.tutti.snapcast.sessions.FeedSource;
import org.jspecify.annotations.Nullable;

/** What was rendered, as the local server's stream. For the thread that serves. */
final class RenderedStream implements FeedSource {
  private final BlockRing ring;
  private final CodecSpec codec;
  private final int exactBits;

  RenderedStream(BlockRing ring, CodecSpec codec) {
    this.ring = ring;
    this.codec = codec;
    this.exactBits = new PcmReader(ring.grid().format().bits()).exactBits();
  }

  @Override
  public SampleFormat format() {
    return ring.grid().format();
  }

  @Override
  public CodecSpec codec() {
    return codec;
  }

  @Override
  public int blockFrames() {
    return ring.grid().frames();
  }

  @Override
  public @Nullable Block take(long sequence) {
    return ring.take(sequence, exactBits);
  }

  @Override
  public long sequenceAt(long micros) {
    long wanted = ring.grid().firstAt(Math.max(0, micros));
    long end = ring.end();
    return end < 0 ? wanted : Math.clamp(wanted, ring.first(), end);
  }

  @Override
  public void leadMicros(long leadMicros) {
    // Blocks are rendered early enough for the local buffer, and only that is asked for.
  }

  @Override
  public void close() {
    // Others may read on.
  }
}
