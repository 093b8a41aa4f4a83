package dev.tutti.core.streams;

import dev.tutti.api.audio.SampleFormat;
import dev.tutti.api.stream.Tap;
import dev.tutti.api.stream.TimedBlock;
import org.jspecify.annotations.Nullable;

/** A listener's hand on a timeline; {@link #take} neither locks nor allocates. */
final class StreamTap implements Tap {
  private static final long LEAST_LEAD = 20_000;
  private static final long MOST_LEAD = 120_000_000;

  private final StreamLine line;
  private final Runnable ready;
  private final Runnable changed;
  private volatile long lead;
  private volatile boolean closed;
  private volatile Runnable disown = () -> {};

  /**
   * @param changed to be called when the tap opened, closed, or wants another lead
   */
  StreamTap(StreamLine line, Runnable ready, Runnable changed) {
    this.line = line;
    this.ready = ready;
    this.changed = changed;
  }

  @Override
  public SampleFormat format() {
    return line.config().format();
  }

  @Override
  public @Nullable TimedBlock take(long sequence) {
    Slot slot = closed ? null : line.timeline().take(sequence);
    return slot == null ? null : slot.block();
  }

  @Override
  public long sequenceAt(long micros) {
    return line.timeline().sequenceAt(micros);
  }

  @Override
  public void leadMicros(long leadMicros) {
    lead = clampLead(leadMicros);
    changed.run();
  }

  /** A lead that is possible. */
  static long clampLead(long leadMicros) {
    return Math.clamp(leadMicros, LEAST_LEAD, MOST_LEAD);
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      disown.run();
      line.audience().remove(this);
      changed.run();
    }
  }

  /** Sets what takes the tap off its plugin's list. */
  void disownedBy(Runnable disown) {
    this.disown = disown;
  }

  /** What the listener asked for, or 0. The conductor. */
  long wantedLead() {
    return lead;
  }

  /** Tells the listener that it can take more. The conductor. */
  void ready() {
    ready.run();
  }
}
