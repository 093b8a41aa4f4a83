package dev.tutti.core.streams;

import dev.tutti.api.stream.DeepTap;
import dev.tutti.api.stream.TimedBlock;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A listener's hand that reaches ahead on a timeline; {@link #peek} does not lock. */
final class DeepStreamTap extends ListenerHand implements DeepTap {
  /** What a listener may ask for at most; what it needs is what memory is spent on. */
  private static final long MOST_DEPTH = 120_000_000;

  private static final long MOST_HORIZON = 1_000_000;

  private final AtomicLong revokedFrom = new AtomicLong(NOTHING);
  private volatile Reach reach = Reach.NONE;

  /** What a listener asked for, in microseconds. */
  record Reach(long lead, long depth, long horizon) {
    static final Reach NONE = new Reach(0, 0, 0);
  }

  /**
   * @param changed to be called when the tap opened, closed, or wants something else
   */
  DeepStreamTap(StreamLine line, Runnable ready, Runnable changed) {
    super(line, ready, changed);
  }

  @Override
  public @Nullable TimedBlock peek(long sequence) {
    Slot slot = closed() ? null : timeline().peek(sequence);
    return slot == null ? null : slot.block();
  }

  @Override
  public void reach(long lead, long depth, long horizon) {
    reach =
        new Reach(
            StreamTap.clampLead(lead),
            Math.clamp(depth, 0, MOST_DEPTH),
            Math.clamp(horizon, 0, MOST_HORIZON));
    changed();
  }

  @Override
  public long revoked() {
    return revokedFrom.getAndSet(NOTHING);
  }

  @Override
  void leave(Audience audience) {
    audience.remove(this);
  }

  /** What the listener asked for. The conductor. */
  Reach reach() {
    return reach;
  }

  /** Tells the listener that blocks from one on are others now; after they are. The conductor. */
  void revoke(long sequence) {
    revokedFrom.accumulateAndGet(sequence, Math::min);
    ready();
  }
}
