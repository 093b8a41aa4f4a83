package dev.tutti.core.plugins;

import dev.tutti.core.time.Deadline;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Threads of ended plugins. They are interrupted; Java cannot end one that ignores that, so it is
 * named, counted and left. Thread-safe.
 */
final class Remains {
  private static final Logger LOG = System.getLogger(Remains.class.getName());

  private final List<Left> left = new ArrayList<>();

  /**
   * Interrupts all threads of a scope that was shut, and waits for them, together up to a limit.
   */
  void bury(LiveScope scope, Duration limit) {
    adoptStrays(scope);
    Deadline deadline = Deadline.in(limit);
    List<Thread> alive = scope.threads();
    while (!alive.isEmpty() && !deadline.over()) {
      // Once is not always enough: code that catches the first interrupt and goes on is common.
      alive.forEach(Thread::interrupt);
      join(alive.getFirst(), deadline.left(limit.dividedBy(4)));
      alive = scope.threads();
    }
    alive.forEach(thread -> leave(scope.pluginId(), thread));
  }

  private static void join(Thread thread, Duration limit) {
    try {
      boolean ended = thread.join(limit.isPositive() ? limit : Duration.ofNanos(1));
      assert !ended || !thread.isAlive();
    } catch (InterruptedException hostEnds) {
      Thread.currentThread().interrupt();
    }
  }

  /** Finds threads that the plugin started without asking: they carry its class loader. */
  private static void adoptStrays(LiveScope scope) {
    if (!(scope.loader() instanceof PluginClassLoader loader)) {
      return;
    }
    ThreadGroup group = Thread.currentThread().getThreadGroup();
    while (group.getParent() != null) {
      group = group.getParent();
    }
    Thread[] threads = new Thread[group.activeCount() * 2 + 16];
    int count = group.enumerate(threads, true);
    Arrays.stream(threads, 0, count).filter(t -> isStray(t, scope, loader)).forEach(scope::inherit);
  }

  /**
   * A host thread that is just calling into the plugin carries the loader, too, and must not be
   * interrupted. It may be leaving, so the loader is looked at before and after.
   */
  private static boolean isStray(Thread thread, LiveScope scope, ClassLoader loader) {
    return loader.equals(thread.getContextClassLoader())
        && !scope.visitedBy(thread)
        && loader.equals(thread.getContextClassLoader());
  }

  private synchronized void leave(String pluginId, Thread thread) {
    LOG.log(
        Level.WARNING,
        "the plugin '%s' left its thread '%s' running%s: it ignores being interrupted and was"
                .formatted(pluginId, thread.getName(), Sentences.whereabouts(thread))
            + " abandoned; restart Tutti to be rid of it");
    left.add(new Left(pluginId, new WeakReference<>(thread)));
  }

  /** How many threads of earlier lives of a plugin still run. */
  synchronized int count(String pluginId) {
    prune();
    return (int) left.stream().filter(l -> l.pluginId.equals(pluginId)).count();
  }

  synchronized int count() {
    prune();
    return left.size();
  }

  private void prune() {
    left.removeIf(l -> {
      Thread thread = l.thread.get();
      return thread == null || !thread.isAlive();
    });
  }

  private record Left(String pluginId, WeakReference<Thread> thread) {}
}
