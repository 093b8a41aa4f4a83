package dev.tutti.core.streams;

import dev.tutti.api.Registration;
import dev.tutti.api.audio.SampleFormat;

/**
 * What every listener's hand on a timeline is: it can be let go, once, and told that there is more.
 */
abstract sealed class ListenerHand implements Registration permits StreamTap, DeepStreamTap {
  private final StreamLine line;
  private final Runnable ready;
  private final Runnable changed;
  private volatile boolean closed;
  private volatile Runnable disown = () -> {};

  /**
   * @param changed to be called when the hand opened, closed, or wants something else
   */
  ListenerHand(StreamLine line, Runnable ready, Runnable changed) {
    this.line = line;
    this.ready = ready;
    this.changed = changed;
  }

  public final SampleFormat format() {
    return line.config().format();
  }

  public final long sequenceAt(long micros) {
    return line.timeline().sequenceAt(micros);
  }

  @Override
  public final void close() {
    if (!closed) {
      closed = true;
      disown.run();
      leave(line.audience());
      changed.run();
    }
  }

  /** Takes this one out of those who listen. */
  abstract void leave(Audience audience);

  final Timeline timeline() {
    return line.timeline();
  }

  final boolean closed() {
    return closed;
  }

  /** It wants something else. */
  final void changed() {
    changed.run();
  }

  /** Sets what takes it off its plugin's list. */
  final void disownedBy(Runnable disown) {
    this.disown = disown;
  }

  /** Tells the listener that there is more. The conductor. */
  final void ready() {
    ready.run();
  }
}
