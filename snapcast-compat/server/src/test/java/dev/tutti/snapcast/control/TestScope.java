package dev.tutti.snapcast.control;

import dev.tutti.core.plugins.PluginScope;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A plugin's life in the hands of a test. Events wait until {@link #run} is called, or, with {@link
 * #ownThread}, run at once on a thread of their own as in the host.
 */
final class TestScope implements PluginScope, AutoCloseable {
  private final BlockingQueue<Runnable> events = new LinkedBlockingQueue<>();
  private final Deque<AutoCloseable> owned = new ArrayDeque<>();
  private volatile boolean closed;

  static TestScope ownThread() {
    TestScope scope = new TestScope();
    Thread.ofVirtual()
        .name("test-events")
        .start(() -> {
          try {
            while (!scope.closed) {
              scope.events.take().run();
            }
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    return scope;
  }

  /** Runs what was posted, and what that posts. */
  void run() {
    Runnable next = events.poll();
    while (next != null) {
      next.run();
      next = events.poll();
    }
  }

  @Override
  public String pluginId() {
    return "snapcast";
  }

  @Override
  public boolean closed() {
    return closed;
  }

  @Override
  public synchronized Runnable own(AutoCloseable resource) {
    owned.push(resource);
    return () -> disown(resource);
  }

  private synchronized void disown(AutoCloseable resource) {
    owned.remove(resource);
  }

  @Override
  public void guard(String what, Runnable call) {
    call.run();
  }

  @Override
  public void post(String what, Runnable call) {
    if (!closed) {
      events.add(call);
    }
  }

  @Override
  public ClassLoader loader() {
    return getClass().getClassLoader();
  }

  @Override
  public void close() {
    closed = true;
    events.add(() -> {});
    while (!owned.isEmpty()) {
      try {
        owned.pop().close();
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }
  }
}
