package dev.tutti.playlist;

import dev.tutti.api.Registration;
import dev.tutti.api.state.StateCell;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** A state cell that forgets everything at the end of the test. */
final class MemoryCell<S extends Record> implements StateCell<S> {
  private Snapshot<S> now;

  MemoryCell(S initial) {
    now = new Snapshot<>(0, initial);
  }

  @Override
  public synchronized Snapshot<S> snapshot() {
    return now;
  }

  @Override
  public synchronized Outcome<S> update(long expectedRevision, UnaryOperator<S> change) {
    if (expectedRevision >= 0 && expectedRevision != now.revision()) {
      return new Outcome<>(false, now);
    }
    now = new Snapshot<>(now.revision() + 1, change.apply(now.state()));
    return new Outcome<>(true, now);
  }

  @Override
  public Registration onChange(Consumer<Snapshot<S>> listener) {
    return () -> {};
  }
}
