package dev.tutti.snapcast.server;

import dev.tutti.api.audio.SampleFormat;
import dev.tutti.api.stream.DeepTap;
import dev.tutti.api.stream.StreamStatus;
import dev.tutti.api.stream.Streams;
import dev.tutti.api.stream.Tap;
import dev.tutti.api.stream.TimedBlock;
import dev.tutti.audio.codec.CodecSpec;
import dev.tutti.snapcast.sessions.Block;
import dev.tutti.snapcast.sessions.FeedSource;
import dev.tutti.snapcast.sessions.FeedSources;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The host's streams as feeds see them. */
final class StreamTaps implements FeedSources {
  private static final int DEFAULT_CHUNK_MS = 20;

  private final Streams streams;

  StreamTaps(Streams streams) {
    this.streams = streams;
  }

  @Override
  public @Nullable FeedSource open(String streamId, Runnable ready) {
    Optional<StreamStatus> status = streams.find(streamId);
    if (status.isEmpty()) {
      return null;
    }
    try {
      return new TapSource(status.get(), streams.listen(streamId, ready));
    } catch (IllegalArgumentException e) {
      // It went between the two calls; its feed is asked for again when it comes back.
      return null;
    }
  }

  @Override
  public @Nullable FeedSource openAhead(String streamId, Runnable ready) {
    Optional<StreamStatus> status = streams.find(streamId);
    if (status.isEmpty()) {
      return null;
    }
    try {
      return new DeepSource(status.get(), streams.listenAhead(streamId, ready));
    } catch (IllegalArgumentException e) {
      // As above.
      return null;
    }
  }

  private static int chunkMs(StreamStatus status) {
    String text = status.uri().query().getOrDefault("chunk_ms", "");
    try {
      return Math.clamp(Integer.parseInt(text), 1, 1000);
    } catch (NumberFormatException e) {
      return DEFAULT_CHUNK_MS;
    }
  }

  private record TapSource(Tap tap, CodecSpec codec, int blockFrames) implements FeedSource {
    TapSource(StreamStatus status, Tap tap) {
      this(
          tap,
          CodecSpec.parse(status.codec()),
          (int) tap.format().framesIn(chunkMs(status) * 1000L));
    }

    @Override
    public SampleFormat format() {
      return tap.format();
    }

    @Override
    public @Nullable Block take(long sequence) {
      return block(tap.take(sequence));
    }

    @Override
    public long sequenceAt(long micros) {
      return tap.sequenceAt(micros);
    }

    @Override
    public void leadMicros(long leadMicros) {
      tap.leadMicros(leadMicros);
    }

    @Override
    public void close() {
      tap.close();
    }
  }

  private static @Nullable Block block(@Nullable TimedBlock block) {
    return block == null
        ? null
        : new Block(
            block.timeMicros(),
            block.follows(),
            block.samples(),
            block.frames(),
            block.exactBits(),
            block.rest());
  }

  /** Of a stream as far ahead as it is rendered. */
  private static final class DeepSource implements FeedSource {
    private final DeepTap tap;
    private final CodecSpec codec;
    private final int blockFrames;
    private long leadMicros;

    DeepSource(StreamStatus status, DeepTap tap) {
      this.tap = tap;
      codec = CodecSpec.parse(status.codec());
      blockFrames = (int) tap.format().framesIn(chunkMs(status) * 1000L);
    }

    @Override
    public SampleFormat format() {
      return tap.format();
    }

    @Override
    public CodecSpec codec() {
      return codec;
    }

    @Override
    public int blockFrames() {
      return blockFrames;
    }

    @Override
    public @Nullable Block take(long sequence) {
      return block(tap.peek(sequence));
    }

    @Override
    public long sequenceAt(long micros) {
      return tap.sequenceAt(micros);
    }

    @Override
    public void leadMicros(long leadMicros) {
      this.leadMicros = leadMicros;
    }

    @Override
    public void reach(long depthMicros, long horizonMicros) {
      tap.reach(leadMicros, depthMicros, horizonMicros);
    }

    @Override
    public long revoked() {
      return tap.revoked();
    }

    @Override
    public void close() {
      tap.close();
    }
  }
}
