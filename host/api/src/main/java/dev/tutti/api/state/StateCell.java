package dev.tutti.api.state;

import dev.tutti.api.Registration;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * One piece of state: an immutable snapshot, a revision that grows with every accepted change, one
 * writer at a time. A change is applied, persisted atomically, then published, in that order.
 * Thread-safe.
 */
public interface StateCell<S extends Record> {
  Snapshot<S> snapshot();

  /**
   * Applies a change to whatever the state is now. The function must be pure; it may run more than
   * once.
   */
  default Snapshot<S> update(UnaryOperator<S> change) {
    return update(-1, change).snapshot();
  }

  /**
   * Applies a change if nobody else changed it since.
   *
   * @param expectedRevision the revision the change was made for, or −1 for any
   */
  Outcome<S> update(long expectedRevision, UnaryOperator<S> change);

  /** Told of each accepted change, in order, on a thread of the plugin. */
  Registration onChange(Consumer<Snapshot<S>> listener);

  /** The state and its number. */
  record Snapshot<S extends Record>(long revision, S state) {}

  /** What became of a change: accepted with the new snapshot, or refused with the current one. */
  record Outcome<S extends Record>(boolean accepted, Snapshot<S> snapshot) {}
}
