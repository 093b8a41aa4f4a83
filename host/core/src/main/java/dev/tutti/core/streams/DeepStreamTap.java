package dev.tutti.core.streams;

import dev.tutti.api.audio.SampleFormat;
import dev.tutti.api.stream.DeepTap;
import dev.tutti.api.stream.TimedBlock;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A listener's hand that reaches ahead on a timeline; {@link #peek} does not lock. */
final class DeepStreamTap implements DeepTap {
  /** What a listener may ask for at most; what it needs is what memory is spent on. */
  private static final long MOST_DEPTH = 120_000_000;

  private static final long MOST_HORIZON = 1_000_000;

  private final StreamLine line;
  private final Runnable ready;
  private final Runnable changed;
  private final AtomicLong revokedFrom = new AtomicLong(NOTHING);
  private volatile Reach reach = Reach.NONE;
  private volatile boolean closed;
  private volatile Runnable disown = () -> {};

  /** What a listener asked for, in microseconds. */
  record Reach(long lead, long depth, long horizon) {
    static final Reach NONE = new Reach(0, 0, 0);
  }

  /**
   * @param changed to be called when the tap opened, closed, or wants something else
   */
  DeepStreamTap(StreamLine line, Runnable ready, Runnable changed) {
    this.line = line;
    this.ready = ready;
    this.changed = changed;
  }

  @Override
  public SampleFormat format() {
    return line.config().format();
  }

  @Override
  public @Nullable TimedBlock peek(long sequence) {
    Slot slot = closed ? null : line.timeline().peek(sequence);
    return slot == null ? null : slot.block();
  }

  @Override
  public long sequenceAt(long micros) {
    return line.timeline().sequenceAt(micros);
  }

  @Override
  public void reach(long lead, long depth, long horizon) {
    reach =
        new Reach(
            StreamTap.clampLead(lead),
            Math.clamp(depth, 0, MOST_DEPTH),
            Math.clamp(horizon, 0, MOST_HORIZON));
    changed.run();
  }

  @Override
  public long revoked() {
    return revokedFrom.getAndSet(NOTHING);
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

  /** What the listener asked for. The conductor. */
  Reach reach() {
    return reach;
  }

  /** Tells the listener that blocks from one on are others now; after they are. The conductor. */
  void revoke(long sequence) {
    revokedFrom.accumulateAndGet(sequence, Math::min);
    ready.run();
  }

  /** Tells the listener that it can see more. The conductor. */
  void ready() {
    ready.run();
  }
}
