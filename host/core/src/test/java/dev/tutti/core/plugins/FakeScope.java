package dev.tutti.core.plugins;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;

/** A plugin's life in the hands of a test. Thread-safe. */
public final class FakeScope implements PluginScope, AutoCloseable {
  private final String pluginId;
  private final Deque<AutoCloseable> owned = new ArrayDeque<>();
  private final List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
  private boolean closed;

  public FakeScope(String pluginId) {
    this.pluginId = pluginId;
  }

  /** What plugin code threw, in order. */
  public List<Throwable> failures() {
    return List.copyOf(failures);
  }

  @Override
  public String pluginId() {
    return pluginId;
  }

  @Override
  public synchronized boolean closed() {
    return closed;
  }

  @Override
  public synchronized Runnable own(AutoCloseable resource) {
    if (closed) {
      throw new IllegalStateException(pluginId + " has ended");
    }
    owned.push(resource);
    return () -> disown(resource);
  }

  private synchronized void disown(AutoCloseable resource) {
    owned.remove(resource);
  }

  @Override
  public void guard(String what, Runnable call) {
    try {
      call.run();
    } catch (RuntimeException e) {
      failures.add(e);
    }
  }

  @Override
  public void post(String what, Runnable call) {
    guard(what, call);
  }

  @Override
  public ClassLoader loader() {
    return FakeScope.class.getClassLoader();
  }

  @Override
  public void close() {
    List<AutoCloseable> last;
    synchronized (this) {
      closed = true;
      last = List.copyOf(owned);
      owned.clear();
    }
    for (AutoCloseable each : last) {
      try {
        each.close();
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }
  }
}
