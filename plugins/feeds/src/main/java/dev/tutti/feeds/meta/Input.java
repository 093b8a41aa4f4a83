package dev.tutti.feeds.meta;

import dev.tutti.api.audio.AudioBlock;
import dev.tutti.api.audio.SampleFormat;
import dev.tutti.api.stream.Tap;
import dev.tutti.api.stream.TimedBlock;
import dev.tutti.audio.dsp.FormatConverter;
import org.jspecify.annotations.Nullable;

/** The stream that a meta stream plays now, in the meta stream's format. Used by one thread. */
final class Input implements AutoCloseable {
  /**
   * A stream whose sound was noticed is heard from a little earlier, so that its onset is there.
   */
  private static final long ONSET_MICROS = 60_000;

  private static final int PIECE_FRAMES = 1024;

  private final String streamId;
  private final Tap tap;
  private final long lead;
  private final FormatConverter converter;
  private final AudioBlock converted;
  private long next;
  private boolean joined;

  /**
   * @param lead how early blocks are taken before they are to be heard, in microseconds
   */
  Input(String streamId, Tap tap, SampleFormat to, long lead) {
    this.streamId = streamId;
    this.tap = tap;
    this.lead = lead;
    SampleFormat from = tap.format();
    this.converter = new FormatConverter(from.rate(), from.channels(), to.rate(), to.channels());
    this.converted = new AudioBlock(to.channels(), PIECE_FRAMES);
    tap.leadMicros(lead);
  }

  String streamId() {
    return streamId;
  }

  /**
   * Writes on what is due.
   *
   * @return when to come again on the server clock; {@link Long#MAX_VALUE} when the tap says so
   */
  long play(long now, CrossingWriter to) throws InterruptedException {
    if (!joined) {
      joined = true;
      next = tap.sequenceAt(now + lead - ONSET_MICROS);
    }
    while (true) {
      TimedBlock block = tap.take(next);
      if (block == null) {
        return rejoin(now);
      }
      next++;
      if (!block.rest()) {
        write(block, to);
      }
      long due = block.timeMicros() + tap.format().microsOf(block.frames()) - lead;
      if (due > now) {
        return due;
      }
    }
  }

  /** A timeline that went on without us is followed from where it is. */
  private long rejoin(long now) {
    long oldest = tap.sequenceAt(now);
    if (oldest > next) {
      next = oldest;
      return now;
    }
    return Long.MAX_VALUE;
  }

  private void write(TimedBlock block, CrossingWriter to) throws InterruptedException {
    AudioBlock in = new AudioBlock(tap.format().channels(), block.frames());
    System.arraycopy(block.samples(), 0, in.samples(), 0, block.frames() * tap.format().channels());
    in.frames(block.frames()).exactBits(block.exactBits());
    for (int taken = 0; taken < in.frames(); ) {
      taken += converter.feed(in, taken);
      while (converter.drain(converted.clear()) > 0) {
        to.write(converted);
      }
    }
  }

  @Override
  public void close() {
    tap.close();
  }

  /** Whether it plays this stream. */
  boolean plays(@Nullable String id) {
    return streamId.equals(id);
  }
}
