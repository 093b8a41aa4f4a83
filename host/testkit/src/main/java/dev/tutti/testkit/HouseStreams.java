package dev.tutti.testkit;

import dev.tutti.api.audio.SampleFormat;
import dev.tutti.api.stream.Streams;
import dev.tutti.api.stream.Tap;
import dev.tutti.api.stream.TimedBlock;
import dev.tutti.audio.codec.CodecSpec;
import dev.tutti.snapcast.sessions.Block;
import dev.tutti.snapcast.sessions.FeedSource;
import dev.tutti.snapcast.sessions.FeedSources;
import org.jspecify.annotations.Nullable;

/** The engine's streams as the sessions' feeds see them. */
record HouseStreams(Streams streams) implements FeedSources {
  @Override
  public @Nullable FeedSource open(String streamId, Runnable ready) {
    return streams.find(streamId).isEmpty() ? null : new Feed(streams.listen(streamId, ready));
  }

  private record Feed(Tap tap) implements FeedSource {
    @Override
    public SampleFormat format() {
      return tap.format();
    }

    @Override
    public CodecSpec codec() {
      return CodecSpec.parse("pcm");
    }

    @Override
    public int blockFrames() {
      return format().rate() / 50;
    }

    @Override
    public @Nullable Block take(long sequence) {
      TimedBlock block = tap.take(sequence);
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
}
