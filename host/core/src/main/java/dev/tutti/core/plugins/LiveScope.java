package dev.tutti.core.plugins;

import dev.tutti.core.time.Deadline;
import dev.tutti.core.time.Timers;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The scope of a running plugin: what it owns, its threads, its queue of events, its count of
 * errors.
 */
public final class LiveScope implements PluginScope, AutoCloseable {
  /** Events that may wait for a plugin; a plugin further behind loses what comes on top. */
  public static final int MAX_EVENTS = EventQueue.MAX_EVENTS;

  private final String pluginId;
  private final ClassLoader loader;
  private final Logger log;

  private final Object lock = new Object();
  private final Object drained = new Object();
  private final LinkedHashSet<Owned> owned = new LinkedHashSet<>();
  private final EventQueue events;
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

  /** Those that the plugin started to last until its end. */
  private final Set<Thread> lasting = ConcurrentHashMap.newKeySet();

  private final Map<Thread, Long> visitors = new ConcurrentHashMap<>();
  private final AtomicLong visits = new AtomicLong();
  private final PluginErrors errors;
  private volatile boolean draining;
  private volatile boolean closed;
  private volatile String beingClosed = "";
  private final AtomicInteger closedCount = new AtomicInteger();

  public LiveScope(String pluginId, ClassLoader loader, Timers timers) {
    this.pluginId = pluginId;
    this.loader = loader;
    this.log = System.getLogger("plugin." + pluginId);
    this.errors = new PluginErrors(log);
    this.events = new EventQueue(this, timers);
  }

  @Override
  public String pluginId() {
    return pluginId;
  }

  @Override
  public ClassLoader loader() {
    return loader;
  }

  @Override
  public boolean closed() {
    return closed;
  }

  /** The plugin's log. */
  public Logger log() {
    return log;
  }

  /** How often plugin code threw where it should not. */
  public long errors() {
    return errors.count();
  }

  /** How many events were dropped because the plugin was too far behind. */
  public long lostEvents() {
    return events.lost();
  }

  /** The newest error, in one line; empty if there was none. */
  public String lastError() {
    return errors.last();
  }

  @Override
  public Runnable own(AutoCloseable resource) {
    return own("other", resource);
  }

  @Override
  public Runnable own(String kind, AutoCloseable resource) {
    Owned entry = new Owned(kind, resource);
    synchronized (lock) {
      if (!closed) {
        owned.add(entry);
        return () -> release(entry);
      }
    }
    close(entry);
    checkOpen();
    throw new AssertionError("a closed scope is never open again");
  }

  private void release(Owned entry) {
    synchronized (lock) {
      owned.remove(entry);
    }
  }

  @Override
  public <T> T call(Callable<T> call) throws Exception {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    boolean enters = visitors.putIfAbsent(thread, visits.incrementAndGet()) == null;
    thread.setContextClassLoader(loader);
    try {
      return call.call();
    } finally {
      thread.setContextClassLoader(before);
      if (enters) {
        visitors.remove(thread);
        somethingEnded();
      }
    }
  }

  /** Whether a thread is somebody else's, calling into the plugin at the moment. */
  boolean visitedBy(Thread thread) {
    return visitors.containsKey(thread);
  }

  /** What the plugin holds, by kind. */
  public Map<String, Integer> holds() {
    Map<String, Integer> counts = new TreeMap<>();
    synchronized (lock) {
      owned.forEach(o -> counts.merge(o.kind, 1, Integer::sum));
    }
    return Collections.unmodifiableMap(counts);
  }

  @Override
  public void guard(String what, Runnable call) {
    try {
      call(() -> {
        call.run();
        return true;
      });
    } catch (Throwable thrown) {
      failed(what, thrown);
    }
  }

  /**
   * Notes that plugin code threw. What is thrown because the plugin is being stopped is no error.
   */
  private void failed(String what, Throwable thrown) {
    if (closed) {
      log.log(Level.DEBUG, "ended in " + what, thrown);
      return;
    }
    errors.add(what, thrown);
  }

  @Override
  public void post(String what, Runnable call) {
    if (!closed && !draining) {
      events.add(what, call);
    }
  }

  /** Runs work on this thread, which counts as the plugin's and is interrupted at its end. */
  void track(Runnable work) {
    Thread thread = Thread.currentThread();
    synchronized (lock) {
      if (closed) {
        return;
      }
      threads.add(thread);
    }
    try {
      work.run();
    } finally {
      disown(thread);
      // An interrupt was meant for the plugin's work; under virtual time the thread goes on.
      Thread.interrupted();
    }
  }

  /**
   * Starts a thread that counts as the plugin's until it ends.
   *
   * @throws IllegalStateException if the plugin's life is over
   */
  void start(Thread thread) {
    synchronized (lock) {
      checkOpen();
      threads.add(thread);
      lasting.add(thread);
      thread.start();
    }
  }

  /** Counts a thread as the plugin's that was found when its life was over. */
  void inherit(Thread thread) {
    threads.add(thread);
  }

  void disown(Thread thread) {
    threads.remove(thread);
    lasting.remove(thread);
  }

  /** The plugin's threads that are alive. */
  public List<Thread> threads() {
    threads.removeIf(t -> t.getState() == Thread.State.TERMINATED);
    lasting.retainAll(threads);
    return List.copyOf(threads);
  }

  /** Ends the scope: everything owned is closed, newest first. Does not touch threads. */
  @Override
  public void close() {
    shut();
    Owned entry = takeNewest();
    while (entry != null) {
      beingClosed = entry.kind;
      close(entry);
      closedCount.incrementAndGet();
      entry = takeNewest();
    }
  }

  /** What is or was closed last, for messages. */
  String beingClosed() {
    return beingClosed;
  }

  /** How many things have been closed. */
  int closedCount() {
    return closedCount.get();
  }

  boolean ownsAnything() {
    synchronized (lock) {
      return !owned.isEmpty();
    }
  }

  /**
   * Begins the end: no timer fires and no event is queued from here on; what is queued is told, and
   * calls that are inside the plugin (a request, a timer) come to their end. Its own threads go on.
   *
   * @param limit after which it is over all the same
   */
  void drain(Duration limit) {
    draining = true;
    long last = visits.get();
    Deadline deadline = Deadline.in(limit);
    synchronized (drained) {
      while (!deadline.over() && !(events.idle() && noneSince(last))) {
        try {
          drained.wait(Math.max(1, deadline.left(limit).toMillis()));
        } catch (InterruptedException hostEnds) {
          Thread.currentThread().interrupt();
          return;
        }
      }
    }
  }

  private boolean noneSince(long last) {
    return visitors.entrySet().stream()
        .allMatch(visit -> visit.getValue() > last || lasting.contains(visit.getKey()));
  }

  /** Whether the plugin is about to be stopped. */
  boolean draining() {
    return draining;
  }

  /** A call into the plugin or the last queued event has ended. */
  void somethingEnded() {
    if (draining) {
      synchronized (drained) {
        drained.notifyAll();
      }
    }
  }

  /** Marks the end: nothing is owned, queued or run from here on. */
  void shut() {
    synchronized (lock) {
      closed = true;
    }
    events.clear();
  }

  private @Nullable Owned takeNewest() {
    synchronized (lock) {
      if (owned.isEmpty()) {
        return null;
      }
      Owned newest = owned.getLast();
      owned.remove(newest);
      return newest;
    }
  }

  private void close(Owned entry) {
    try {
      call(() -> {
        entry.resource.close();
        return true;
      });
    } catch (Throwable thrown) {
      log.log(Level.WARNING, "cannot close a " + entry.kind + ": " + Sentences.of(thrown), thrown);
    }
  }

  /** Compared by identity: two equal resources are two. */
  private static final class Owned {
    final String kind;
    final AutoCloseable resource;

    Owned(String kind, AutoCloseable resource) {
      this.kind = kind;
      this.resource = resource;
    }
  }
}
