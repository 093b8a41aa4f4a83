package dev.tutti.core.state;

import dev.tutti.api.Registration;
import dev.tutti.api.state.StateCell;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * A state cell on a file. A change is made, stored and published under one lock, so that the order
 * on the disk, in memory and at the listeners is the same. Where the disk refuses, the change
 * counts all the same and is stored later.
 */
final class PersistentCell<S extends Record> implements StateCell<S>, AutoCloseable {
  private final String name;
  private final Class<S> type;
  private final StateSaver saver;
  private final CellJson json;
  private final BiConsumer<String, Runnable> post;
  private final ReentrantLock changing = new ReentrantLock();
  private final List<Consumer<Snapshot<S>>> listeners = new CopyOnWriteArrayList<>();
  private volatile Snapshot<S> current;
  private volatile boolean closed;

  PersistentCell(
      String name,
      Class<S> type,
      Snapshot<S> first,
      StateSaver saver,
      CellJson json,
      BiConsumer<String, Runnable> post) {
    this.name = name;
    this.type = type;
    this.current = first;
    this.saver = saver;
    this.json = json;
    this.post = post;
  }

  @SuppressWarnings("unchecked") // the type is the same
  <T extends Record> StateCell<T> as(Class<T> wanted) {
    if (!wanted.equals(type)) {
      throw new IllegalArgumentException(
          "the state '%s' holds a %s, not a %s"
              .formatted(name, type.getSimpleName(), wanted.getSimpleName()));
    }
    return (StateCell<T>) this;
  }

  @Override
  public Snapshot<S> snapshot() {
    checkOpen();
    return current;
  }

  @Override
  public Outcome<S> update(long expectedRevision, UnaryOperator<S> change) {
    if (changing.isHeldByCurrentThread()) {
      throw new IllegalStateException(
          "a change of the state '" + name + "' must not start another");
    }
    changing.lock();
    try {
      checkOpen();
      Snapshot<S> before = current;
      if (expectedRevision != -1 && expectedRevision != before.revision()) {
        return new Outcome<>(false, before);
      }
      Snapshot<S> after = new Snapshot<>(before.revision() + 1, change.apply(before.state()));
      saver.save(json.write(after));
      current = after;
      publish(after);
      return new Outcome<>(true, after);
    } finally {
      changing.unlock();
    }
  }

  private void publish(Snapshot<S> after) {
    for (Consumer<Snapshot<S>> listener : listeners) {
      post.accept("a listener of the state '" + name + "'", () -> listener.accept(after));
    }
  }

  @Override
  public Registration onChange(Consumer<Snapshot<S>> listener) {
    checkOpen();
    // Wrapped, so that the same listener registered twice is two registrations.
    Consumer<Snapshot<S>> entry = now -> listener.accept(now);
    listeners.add(entry);
    return () -> listeners.remove(entry);
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("the owner of the state '" + name + "' has been stopped");
    }
  }

  @Override
  public void close() {
    changing.lock();
    try {
      closed = true;
      listeners.clear();
      saver.close();
    } finally {
      changing.unlock();
    }
  }
}
