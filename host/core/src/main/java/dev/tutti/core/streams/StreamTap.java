package dev.tutti.core.streams;

import dev.tutti.api.stream.Tap;
import dev.tutti.api.stream.TimedBlock;
import org.jspecify.annotations.Nullable;

/** A listener's hand on a timeline; {@link #take} neither locks nor allocates. */
final class StreamTap extends ListenerHand implements Tap {
  private static final long LEAST_LEAD = 20_000;
  private static final long MOST_LEAD = 120_000_000;

  private volatile long lead;

  /**
   * @param changed to be called when the tap opened, closed, or wants another lead
   */
  StreamTap(StreamLine line, Runnable ready, Runnable changed) {
    super(line, ready, changed);
  }

  @Override
  public @Nullable TimedBlock take(long sequence) {
    Slot slot = closed() ? null : timeline().take(sequence);
    return slot == null ? null : slot.block();
  }

  @Override
  public void leadMicros(long leadMicros) {
    lead = clampLead(leadMicros);
    changed();
  }

  /** A lead that is possible. */
  static long clampLead(long leadMicros) {
    return Math.clamp(leadMicros, LEAST_LEAD, MOST_LEAD);
  }

  @Override
  void leave(Audience audience) {
    audience.remove(this);
  }

  /** What the listener asked for, or 0. The conductor. */
  long wantedLead() {
    return lead;
  }
}
