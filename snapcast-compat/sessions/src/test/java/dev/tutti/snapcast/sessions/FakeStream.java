package dev.tutti.snapcast.sessions;

import dev.tutti.api.audio.SampleFormat;
import dev.tutti.audio.codec.CodecSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A stream in virtual time: blocks of 20 ms on a grid from time 0, each frame's samples telling its
 * number. Rendered ahead like an on-demand source, unless it is told to be live.
 */
final class FakeStream implements FeedSource {
  static final long BLOCK = 20_000;

  private final SampleFormat format;
  private final CodecSpec codec;
  private final LongSupplier clock;
  private final List<Long> taken = new ArrayList<>();
  private long restFrom = Long.MAX_VALUE;
  private long restTo = Long.MAX_VALUE;
  private long silentFrom = Long.MAX_VALUE;
  private long silentTo = Long.MAX_VALUE;
  private long leadMicros;
  private boolean live;
  private long lateMicros;
  private boolean closed;

  FakeStream(SampleFormat format, String codec, LongSupplier clock) {
    this.format = format;
    this.codec = CodecSpec.parse(codec);
    this.clock = clock;
  }

  /** Blocks are there when they were captured: lead − 20 ms before they are heard. */
  FakeStream live() {
    return live(BLOCK);
  }

  /** Blocks are there so long after a listener with the largest buffer should be sent them. */
  FakeStream live(long lateMicros) {
    live = true;
    this.lateMicros = lateMicros;
    return this;
  }

  /** The stream rests in this time: its blocks are silent. */
  void rests(long from, long to) {
    restFrom = from;
    restTo = to;
  }

  /** There are no blocks at all in this time, on a live stream; later ones do not follow. */
  void lacks(long from, long to) {
    silentFrom = from;
    silentTo = to;
  }

  /** Numbers of the blocks in the order in which they were taken. */
  List<Long> taken() {
    return taken;
  }

  long leadMicros() {
    return leadMicros;
  }

  boolean closed() {
    return closed;
  }

  @Override
  public SampleFormat format() {
    return format;
  }

  @Override
  public CodecSpec codec() {
    return codec;
  }

  @Override
  public int blockFrames() {
    return (int) format.framesIn(BLOCK);
  }

  private long missing() {
    return silentTo == Long.MAX_VALUE ? 0 : (silentTo - silentFrom) / BLOCK;
  }

  private long timeOf(long sequence) {
    long time = sequence * BLOCK;
    return time < silentFrom ? time : time + missing() * BLOCK;
  }

  /** One more than the number of the last block that is rendered. */
  private long rendered() {
    return atOrAfter(
        live ? clock.getAsLong() + leadMicros - lateMicros + 1 : clock.getAsLong() + 5_000_000);
  }

  private long atOrAfter(long micros) {
    if (micros <= silentFrom) {
      return Math.ceilDiv(micros, BLOCK);
    }
    long after = Math.ceilDiv(micros, BLOCK) - missing();
    return Math.max(after, silentFrom / BLOCK);
  }

  @Override
  public @Nullable Block take(long sequence) {
    if (sequence >= rendered() || timeOf(sequence) < clock.getAsLong() - 2_000_000) {
      return null;
    }
    taken.add(sequence);
    long time = timeOf(sequence);
    boolean rest = time >= restFrom && time < restTo;
    int frames = blockFrames();
    float[] samples = new float[frames * format.channels()];
    for (int i = 0; i < samples.length; i++) {
      long frame = sequence * frames + i / format.channels();
      samples[i] = rest ? 0 : (frame % 30_000 - 15_000) / 32_768f;
    }
    boolean follows = sequence > 0 && timeOf(sequence - 1) + BLOCK == time;
    return new Block(time, follows, samples, frames, 16, rest);
  }

  @Override
  public long sequenceAt(long micros) {
    return Math.max(0, Math.min(atOrAfter(micros), rendered()));
  }

  @Override
  public void leadMicros(long leadMicros) {
    this.leadMicros = leadMicros;
  }

  @Override
  public void close() {
    closed = true;
  }
}
